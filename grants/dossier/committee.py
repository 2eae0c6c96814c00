"""The committee of a dossier as rows: members without accounts, locked sheets, conflicts."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grants.applications.models import Application
from grants.calls.models import Call
from grants.db import db
from grants.dossier.rules.keeping import text
from grants.evaluation.models import Committee, Conflict, Member, MemberRole, Sheet, SheetStatus
from grants.evaluation.rules.committee import ConflictGround
from grants.ranking.rules.dossier import Dossier

Json = Mapping[str, Any]


def add_committee(
    dossier: Dossier, call: Call, *, applications: Mapping[str, Application], at: datetime
) -> Committee:
    """Keep the committee with its sheets; scoring is closed, because history is not scored."""
    committee = Committee(
        slug=secrets.token_urlsafe(9), call_id=call.id, appointed_at=at, scoring_closed_at=at
    )
    db.session.add(committee)
    db.session.flush()
    members = {
        json["key"]: Member(
            committee_id=committee.id,
            position=position,
            key=json["key"],
            name=text(json["name"]),
            role=MemberRole(json["role"]),
            declared_at=at,
            interests_at=at,
        )
        for position, json in enumerate(dossier.content["committee"])
    }
    db.session.add_all(members.values())
    db.session.flush()
    conflicts = set()
    for review in dossier.content["reviews"]:
        application, member = applications[review["application"]], members[review["evaluator"]]
        db.session.add(_sheet(review, application, member, at=at))
        if review["conflict"]:
            conflicts.add((member.id, application.id))
    for member_id, application_id in sorted(conflicts):
        conflict = Conflict(
            member_id=member_id,
            application_id=application_id,
            # A dossier says that there was a conflict, never on which ground.
            ground=ConflictGround.OTHER.value,
            declared_at=at,
        )
        db.session.add(conflict)
    db.session.flush()
    return committee


def _sheet(review: Json, application: Application, member: Member, *, at: datetime) -> Sheet:
    return Sheet(
        application_id=application.id,
        member_id=member.id,
        is_consensus=review.get("consensus") is True,
        is_recused=review["conflict"],
        status=SheetStatus.LOCKED,
        scores=review["scores"],
        comments=review["comments"],
        saved_at=at,
        signed_at=at if review["signed"] else None,
    )
