"""Dates of an application's documents; standings unique within a municipality; old terms."""

import sqlalchemy as sa
from alembic import op

revision = "0004_dated_documents"
down_revision = "0003_previews"
# Whoever had declared to represent an organisation before terms were kept has one from then on.
TERMS = """
INSERT INTO representative_terms
    (organisation_id, user_id, name, title, evidence_id, declared_at, confirmed_at, confirmed_by_id)
SELECT o.id, o.representative_user_id, o.representative_name, o.representative_title,
    d.document_id, d.added_at, o.representative_confirmed_at, o.representative_confirmed_by_id
FROM organisations o JOIN organisation_documents d ON d.id = (
    SELECT max(e.id) FROM organisation_documents e
    WHERE e.organisation_id = o.id AND e.kind = 'registration'
    AND e.added_by_id = o.representative_user_id)
WHERE NOT EXISTS (
    SELECT 1 FROM representative_terms t WHERE t.organisation_id = o.id AND t.ended_at IS NULL)
"""
OLD, NEW = (
    "uq_standings_organisation_id_kind_reference",
    "uq_standings_municipality_id_organisation_id_kind_reference",
)


def upgrade() -> None:
    """Dated documents, unique standings, terms."""
    with op.batch_alter_table("application_documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("issued_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(OLD), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f(NEW), ["municipality_id", "organisation_id", "kind", "reference"]
        )
    op.execute(TERMS)


def downgrade() -> None:
    """Undo it; the terms stay where they are."""
    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(NEW), type_="unique")
        batch_op.create_unique_constraint(batch_op.f(OLD), ["organisation_id", "kind", "reference"])
    with op.batch_alter_table("application_documents", schema=None) as batch_op:
        batch_op.drop_column("expires_on")
        batch_op.drop_column("issued_on")
