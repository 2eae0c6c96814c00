"""Who belongs, who owns, who was invited, who represents."""

import io

import pytest
from flask import Flask
from sqlalchemy import select

from grants.db import db
from grants.errors import DomainError
from grants.notifications.models import Mail
from grants.organisations.models import Organisation
from grants.organisations.queries import list_held, list_terms
from grants.organisations.rules.people import ensure_belongs, ensure_owner_stays
from grants.people.models import User
from grants.people.rules import Role
from tests.client import LintingClient, Statements, commit
from tests.documents.files import make_pdf
from tests.factories import make_organisation, make_user


def arrange(app: Flask) -> tuple[Organisation, User, User]:
    with app.app_context():
        organisation = make_organisation()
        owner = make_user("Amra Vlasnik", (Role.OWNER, organisation.id))
        member = make_user("Mirza Član", (Role.MEMBER, organisation.id))
        commit()
    return organisation, owner, member


def held(app: Flask, organisation: Organisation) -> dict[int, set[Role]]:
    with app.app_context():
        return list_held(organisation)


def test_last_owner_stays_and_only_who_belongs_becomes_one() -> None:
    with pytest.raises(DomainError):
        ensure_owner_stays([1], leaving=1)
    ensure_owner_stays([1, 2], leaving=1)
    ensure_owner_stays([1], leaving=2)
    with pytest.raises(DomainError):
        ensure_belongs([1], 2)


def test_ownership_is_shared_handed_over_and_never_lost(app: Flask, client: LintingClient) -> None:
    organisation, owner, member = arrange(app)
    base = f"/my/organisations/{organisation.slug}"
    client.sign_in(owner)
    assert "bar jednog vlasnika" in client.post(f"{base}/leave", status=409).text
    client.post(f"{base}/members", {"deed": f"hand:{member.id}"}, status=303)
    assert held(app, organisation) == {
        member.id: {Role.MEMBER, Role.OWNER},
        owner.id: {Role.MEMBER},
    }
    client.post(f"{base}/members", {"deed": f"own:{owner.id}"}, status=403)
    client.sign_in(member)
    client.post(f"{base}/members", {"deed": f"own:{owner.id}"}, status=303)
    client.post(f"{base}/members", {"deed": "own:99999"}, status=409)
    client.post(f"{base}/leave", status=303)
    assert held(app, organisation) == {owner.id: {Role.MEMBER, Role.OWNER}}
    client.get(base, status=404)


def test_invitation_is_listed_sent_again_and_revoked(app: Flask, client: LintingClient) -> None:
    organisation, owner, member = arrange(app)
    base = f"/my/organisations/{organisation.slug}"
    client.sign_in(owner)
    known = {"name": "Mirza", "email": member.email}
    assert "već u organizaciji" in client.post(f"{base}/invite", known, status=422).text
    client.post(f"{base}/invite", {"name": "Nova", "email": "nova@example.ba"}, status=303)
    page = client.get(f"{base}/people").text
    assert "nova@example.ba" in page
    which = page.partition('value="resend:')[2].partition('"')[0]
    client.post(f"{base}/invitations", {"deed": f"resend:{which}"}, status=303)
    with app.app_context():
        mails = db.session.execute(select(Mail.text).where(Mail.to == "nova@example.ba")).scalars()
        first, second = ("/invitation/" + text.partition("/invitation/")[2] for text in mails)
    client.get(first.strip(), status=409)
    client.get(second.strip())
    client.sign_in(member)
    client.post(f"{base}/invitations", {"deed": f"revoke:{which}"}, status=403)
    client.sign_in(owner)
    client.post(f"{base}/invitations", {"deed": f"revoke:{which}"}, status=303)
    client.post(f"{base}/invitations", {"deed": f"revoke:{which}"}, status=404)
    client.get(second.strip(), status=409)
    assert "nova@example.ba" not in client.get(f"{base}/people").text


def test_new_representative_takes_over_and_the_old_one_is_told(
    app: Flask, client: LintingClient
) -> None:
    organisation, owner, member = arrange(app)
    place = f"/my/organisations/{organisation.slug}/representative"
    for user in (owner, member):
        client.sign_in(user)
        fields = {"is_declared": "yes", "file": (io.BytesIO(make_pdf()), f"{user.id}.pdf")}
        client.post(place, fields, status=303)
    with app.app_context():
        terms = list_terms(organisation)
        assert [(term.user_id, term.ended_at is None) for term in terms] == [
            (member.id, True),
            (owner.id, False),
        ]
        told = db.session.execute(select(Mail.subject).where(Mail.to == owner.email)).scalars()
        assert [subject for subject in told if "zakonski zastupnik" in subject.lower()] == [
            f"Novi zakonski zastupnik: {organisation.name}"
        ]
        slug = terms[1].evidence.slug
    assert client.get(f"{place}/{slug}").data == make_pdf()
    edit = f"/my/organisations/{organisation.slug}/edit?part=representative"
    version = client.get(edit).text.partition('name="version" value="')[2].partition('"')[0]
    name = {"representative_name": "Neko Treći", "version": version}
    assert "novi zastupnik" in client.post(edit, name, status=422).text
    with app.app_context():
        stranger = make_user("Stranac")
        commit()
    client.sign_in(stranger)
    client.get(f"{place}/{slug}", status=404)


def test_people_need_the_same_statements_for_one_and_three(
    app: Flask, client: LintingClient
) -> None:
    organisation, owner, _member = arrange(app)
    client.sign_in(owner)
    pages = [f"/my/organisations/{organisation.slug}{part}" for part in ("", "/people")]
    counts = []
    for _round in range(2):
        for path in pages:
            client.get(path)
            with Statements() as seen:
                client.get(path)
            counts.append(len(seen))
        with app.app_context():
            make_user("Treća", (Role.MEMBER, organisation.id))
            make_user(
                "Četvrta", (Role.MEMBER, organisation.id), (Role.REPRESENTATIVE, organisation.id)
            )
            commit()
    assert counts[:2] == counts[2:]
    assert max(counts) <= 8
