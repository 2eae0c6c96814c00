"""Once scoring is closed nobody learns more: sums, ranks, records and scenarios hide as lists do.

The same addresses as in test_leaks are asked, while the committee decides, when its ranking is
closed, and when the list is public.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from werkzeug.routing import Rule

from grants import tenancy
from grants.applications.models import Application
from grants.applications.rules.states import ApplicationStatus
from grants.calls.models import Call
from grants.calls.rules.states import CallStatus
from grants.db import Base, db
from grants.evaluation.models import (
    Assignment,
    Committee,
    Conflict,
    Hit,
    Meeting,
    MeetingItem,
    Member,
    MemberRole,
    Sheet,
    SignedSheet,
)
from grants.evaluation.rules.matching import HitKind
from grants.jobs.worker import run_due_jobs
from grants.people.actions import give_role
from grants.people.actors import SYSTEM
from grants.people.models import User
from grants.people.rules import Role
from grants.ranking.keeping import ask_for_preview
from grants.ranking.models import Ranking, Reduction
from tests.client import LintingClient, Statements, commit
from tests.factories import (
    DEADLINE,
    keep,
    make_application,
    make_call,
    make_committee,
    make_document,
    make_municipality,
    make_organisation,
    make_sheet,
    make_user,
)

DECIDING, RANKED, PUBLISHED = "deciding", "ranked", "published"
STATES = (DECIDING, RANKED, PUBLISHED)
TITLE, APPLICANT, REFERENCE = "Tajni naslov projekta", "Udruženje Skriveno", "TAJNO-2026-777"
# What is said of scores is never public; the rest is once the list is.
COMMENT, REASON = "Tajno obrazloženje ocjene", "Tajni razlog umanjenja"
REOPENED = "Tajni razlog otvaranja"
ALWAYS = (COMMENT, "Tajni dokaz")
UNTIL_PUBLIC = (
    TITLE, APPLICANT, REFERENCE, REASON, REOPENED,
    "12.345,67", "12345.67", "1234567", "11.111,11", "1111111",
)  # fmt: skip
HIDDEN_FROM = (
    *("chair with a conflict", "member with a conflict", "undeclared member"),
    *("member of another committee", "applicant", "officer of another town", "visitor"),
)
# Without a conflict one knows of the application, yet before signing of nobody's sheet of it.
LATE = "late member"
# What these show has to do with applications; the rest knows of none.
SLICES = frozenset(
    {
        *("acts", "applications", "calls", "complaints", "decisions", "desk", "dossier"),
        *("eligibility", "evaluation", "notifications", "ranking", "register"),
    }
)
# It refuses to be asked too often.
THROTTLED = "applications.statement"
ARGUMENT = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
# The mark of the whole text of the record cannot but change with it.
MARK = re.compile(r'name="text" value="[0-9a-f]{64}"')
TOKEN = re.compile(r'(csrf[-_]token"[^>]*? (?:content|value)=")[^"]+')
SCORES = {"first": 5, "secret": 4, "second": 3, "anchor": 2, "low": 1}
CLOSING = {
    "held_on": "9. 2. 2026.", "place": "Vijećnica", "present": ["e1", "e3", "e4"],
    "votes_for": "3",
}  # fmt: skip
SCENARIO = {"name": "Više", "mode": "", "on_shortfall": "", "leftover": "", "envelope-3": "90.000"}


@dataclass(frozen=True)
class Decided:
    """A call whose committee has scored; one application is hidden from two of its members."""

    state: str
    town: str
    other_town: str
    call: str
    committee: str
    meeting: str
    document: str
    secret: str
    people: dict[str, User | None] = field(default_factory=dict)

    def addresses(self, app: Flask) -> dict[str, str]:
        """The endpoint of every page that may be read; the hidden application guessed."""
        known = {
            "application": self.secret, "document": self.document, "meeting": self.meeting,
            "member": "e3", "section": "summary", "question": "summary_text", "table": "scores",
            "lot": "3", "version": "1", "public": self.call,
        }  # fmt: skip
        return {
            self._filled(rule, known | {"municipality": town}): rule.endpoint
            for rule in app.url_map.iter_rules()
            if rule.endpoint.split(".")[0] in SLICES and "GET" in (rule.methods or ())
            if rule.endpoint != THROTTLED
            for town in (self.town, self.other_town)
        }

    def _filled(self, rule: Rule, known: dict[str, str]) -> str:
        after = {"calls": self.call, "committee": self.committee, "meetings": self.meeting}
        parts = rule.rule.split("/")
        for at, part in enumerate(parts):
            found = ARGUMENT.search(part)
            if found:
                name = found[1]
                slug = after.get(parts[at - 1], self.secret)
                parts[at] = ARGUMENT.sub(slug if name == "slug" else known.get(name, "1"), part)
        return "/".join(parts)


def make_decided(app: Flask, client: LintingClient, at: datetime, state: str) -> Decided:
    """The steps of the chair and the office as they are taken, up to a state."""
    with app.app_context(), tenancy.across("tests arrange"):
        town, other_town = make_municipality(), make_municipality(name="Laktaši")
        call = make_call(
            town, status=CallStatus.SCORING, min_reviews=2, tie_breaks=["submitted_at:asc"],
            allocation={"mode": "ranked_cutoff", "on_shortfall": "stop"}, divergence_limit="90",
        )  # fmt: skip
        users = [make_user(name) for name in ("Predsjedava", "Izuzeta", "Treći", "Četvrta")]
        committee = make_committee(call, *users)
        found = {name: _apply(call, name, score) for name, score in SCORES.items()}
        _score(committee, found)
        meeting = _with_papers(committee, found)
        document = make_document("tajno.pdf")
        decided = Decided(
            state, town.slug, other_town.slug, call.slug, committee.slug, meeting.slug,
            document.slug, found["secret"].slug,
        )  # fmt: skip
        officer = make_user("Službenica", (Role.OFFICER, town.id))
        decided.people.update(_people(call, users, found, other_town.id))
        commit()
    _advance(app, client, decided, users[0], officer)
    with app.app_context(), tenancy.across("tests arrange"):
        _seat_late(decided, "undeclared member", None)
        _seat_late(decided, "late member", DEADLINE)
        commit()
    compute(app, decided, at)
    return decided


def _apply(call: Call, name: str, score: int) -> Application:
    is_secret = name == "secret"
    return make_application(
        call,
        make_organisation(APPLICANT if is_secret else f"Udruženje {name}"),
        status=ApplicationStatus.ELIGIBLE,
        title=TITLE if is_secret else f"Vidljiva {name}",
        requested=1_234_567 if is_secret else 1_000_000,
        reference=REFERENCE if is_secret else f"VIDI-2026-{score}",
    )


def _score(committee: Committee, found: dict[str, Application]) -> None:
    """Nobody with a conflict scores; of two applications two members have one."""
    for name, application in found.items():
        for member in committee.members:
            if name in ("secret", "anchor") and member.key in ("e1", "e2"):
                keep(
                    Conflict(
                        municipality_id=member.municipality_id, member_id=member.id,
                        application_id=application.id, ground="relative", declared_at=DEADLINE,
                    )
                )  # fmt: skip
                continue
            sheet = make_sheet(application, member, SCORES[name])
            if name == "secret":
                sheet.comments = dict.fromkeys(sheet.comments, COMMENT)


def _with_papers(committee: Committee, found: dict[str, Application]) -> Meeting:
    """Something of every kind that tells of the secret one."""
    secret, third = found["secret"], committee.members[2]
    shared = {"municipality_id": committee.municipality_id}
    of_secret = shared | {"application_id": secret.id}
    keep(Reduction(**of_secret, amount=1_111_111, reason=REASON, entered_at=DEADLINE))
    keep(
        Hit(
            **of_secret, member_id=third.id, kind=HitKind.PHONE, mark="0", found_at=DEADLINE,
            evidence={"member": "Tajni dokaz", "applicant": "Tajni dokaz", "role": ""},
        )
    )  # fmt: skip
    sheet = db.session.execute(
        select(Sheet).where(Sheet.application_id == secret.id).limit(1)
    ).scalar_one()
    keep(
        SignedSheet(
            **shared, sheet=sheet, scores={}, comments={"1": COMMENT}, signed_at=DEADLINE,
            signed_sha256="0" * 64, reopened_at=DEADLINE, reason=REOPENED,
        )
    )  # fmt: skip
    keep(Assignment(**of_secret, member_id=third.id, assigned_at=DEADLINE, explanation=[]))
    items = [
        MeetingItem(
            **shared, application_id=found[name].id, position=at, spread="9/1", recused=[],
            reason=COMMENT if name == "secret" else "Bez razloga.",
        )
        for at, name in enumerate(("secret", "anchor", "first"))
    ]  # fmt: skip
    return keep(
        Meeting(
            **shared, slug="sastanak-prvi", committee_id=committee.id, number=1,
            begins_at=DEADLINE, present=["e1", "e3"], called_at=DEADLINE, closed_at=DEADLINE,
            items=items,
        )
    )  # fmt: skip


def _people(
    call: Call, users: list[User], found: dict[str, Application], other_town: int
) -> dict[str, User | None]:
    other = make_call(call.municipality, status=CallStatus.SCORING, reference="X", slug="drugi")
    stranger = make_user("Član druge komisije")
    make_committee(other, stranger)
    own = found["first"].organisation_id or 0
    return {
        "chair with a conflict": users[0],
        "member with a conflict": users[1],
        "undeclared member": make_user("Neizjašnjeni"),
        "late member": make_user("Kasni"),
        "member of another committee": stranger,
        "applicant": make_user("Zastupnica", (Role.REPRESENTATIVE, own)),
        "officer of another town": make_user("Službenik", (Role.OFFICER, other_town)),
        "visitor": None,
    }


def _advance(
    app: Flask, client: LintingClient, decided: Decided, chair: User, officer: User
) -> None:
    path = f"/committee/{decided.committee}/ranking"
    client.sign_in(chair)
    client.post(f"{path}/scoring")
    client.post(f"{path}/scenarios", SCENARIO)
    if decided.state != DECIDING:
        client.post(f"{path}/close", CLOSING)
        with app.app_context(), tenancy.across("tests arrange"):
            ranking = db.session.execute(select(Ranking)).scalar_one()
            ranking.remarks = {"scoring": f"Uz {TITLE}: ništa.", "results": "Bez primjedbi."}
            commit()
        client.post(f"{path}/record", {"number": "", "missing_reason": "Na putu su."})
    if decided.state == PUBLISHED:
        client.sign_in(officer)
        client.post(f"/m/{decided.town}/calls/{decided.call}/ranking/publish")


def _seat_late(decided: Decided, who: str, declared_at: datetime | None) -> None:
    """Somebody who took a seat after scoring, without a sheet."""
    late = decided.people[who]
    wanted = select(Committee).where(Committee.slug == decided.committee)
    committee = db.session.execute(wanted).scalar_one()
    assert late is not None
    keep(
        Member(
            municipality_id=committee.municipality_id, committee=committee, key=f"e{late.id}",
            position=late.id, name=late.name, email=late.email, user_id=late.id, conflicts=[],
            role=MemberRole.MEMBER, declared_at=declared_at, interests_at=declared_at,
        )
    )  # fmt: skip
    give_role(late, role=Role.EVALUATOR, scope_id=committee.id, by=SYSTEM, at=DEADLINE)


def compute(app: Flask, decided: Decided, at: datetime) -> None:
    """The worker computes what is kept of the ranking and of its fairness."""
    with app.app_context():
        with tenancy.across("tests arrange"):
            wanted = select(Call).where(Call.slug == decided.call)
            ask_for_preview(db.session.execute(wanted).scalar_one(), at=at)
            commit()
        run_due_jobs()


def read(client: LintingClient, path: str, decided: Decided) -> tuple[int, str, int]:
    """Status, body without what differs by itself, number of statements."""
    with Statements() as seen:
        response = client.ask("GET", path)
    body = response.get_data().decode("utf-8", "replace").replace(decided.secret, "*")
    return response.status_code, MARK.sub("", TOKEN.sub(r"\1", body)), len(seen)


def is_public(endpoint: str) -> bool:
    """The pages of everybody, and the mail that everybody gets."""
    return endpoint.startswith(("register.", "calls."))


@pytest.mark.one_database
@pytest.mark.parametrize("state", STATES)
def test_hidden_application_is_as_if_it_had_never_been_once_scoring_is_closed(
    app: Flask, client: LintingClient, at: datetime, state: str
) -> None:
    decided = make_decided(app, client, at, state)
    before = {who: ask_all(app, client, decided, who) for who in HIDDEN_FROM}
    late = ask_all(app, client, decided, LATE)
    told = [
        f"{who}: {path}: {secret}"
        for who, answers in (*before.items(), (LATE, late))
        for path, (_status, body, _count) in answers.items()
        for secret in (ALWAYS if who == LATE else (*ALWAYS, *UNTIL_PUBLIC))
        if secret in body
    ]
    assert "\n".join(told) == ""
    forget(app, decided)
    compute(app, decided, at)
    changed = [
        f"{who}: {path}: {was[0]} {was[2]}, {now[0]} {now[2]}: {first_change(was[1], now[1])}"
        for who in HIDDEN_FROM
        for path, now in ask_all(app, client, decided, who).items()
        if (was := before[who][path]) != now
    ]
    assert "\n".join(changed) == ""


def first_change(was: str, now: str) -> str:
    """The first lines that differ."""
    pairs = zip(was.splitlines(), now.splitlines(), strict=False)
    return next((f"{one.strip()} | {other.strip()}" for one, other in pairs if one != other), "")


def test_guessed_reference_is_refused_like_one_that_does_not_exist(
    app: Flask, client: LintingClient, at: datetime
) -> None:
    decided = make_decided(app, client, at, DECIDING)
    client.sign_in(decided.people["chair with a conflict"])  # type: ignore[arg-type]
    path, none = f"/committee/{decided.committee}/ranking", "NEMA-2026-777"
    vote = {
        "held_on": "8. 2. 2026.", "present": ["e1", "e3"], "votes_for": "2", "votes_against": "0",
        "votes_abstained": "0", "reason": "Veći obuhvat.", "place": ["1", "2"],
    }  # fmt: skip
    answers = []
    # The first form sent after a page costs the statements that let the connection write.
    for reference in (none, REFERENCE, none):
        sent = [
            ("amounts", {"reference": reference, "amount": "1,00", "reason": "Zašto ne."}),
            ("votes", vote | {"reference": [reference, "VIDI-2026-5"]}),
        ]
        for page, fields in sent:
            with Statements() as seen:
                response = client.post(f"{path}/{page}", fields, status=422)
            body = TOKEN.sub(r"\1", response.text).replace(reference, "*")
            answers.append((page, body, len(seen)))
    for one, other in zip(answers[2:4], answers[4:], strict=True):
        assert (one[0], one[2], first_change(one[1], other[1])) == (other[0], other[2], "")


def _sign_in(client: LintingClient, user: User | None) -> None:
    if user is not None:
        client.sign_in(user)
    client.learn_token()


def ask_all(
    app: Flask, client: LintingClient, decided: Decided, who: str
) -> dict[str, tuple[int, str, int]]:
    """Every answer somebody gets; of a published list the public pages are everybody's."""
    client.sign_out()
    _sign_in(client, decided.people[who])
    is_published = decided.state == PUBLISHED
    return {
        path: read(client, path, decided)
        for path, endpoint in decided.addresses(app).items()
        if not (is_published and is_public(endpoint))
    }


def forget(app: Flask, decided: Decided) -> None:
    """As if it had never been, and its sheets with it."""
    with app.app_context(), tenancy.across("tests arrange"):
        wanted = select(Application.id).where(Application.slug == decided.secret)
        number = db.session.execute(wanted).scalar_one()
        sheets = select(Sheet.id).where(Sheet.application_id == number)
        db.session.execute(delete(SignedSheet).where(SignedSheet.sheet_id.in_(sheets)))
        for table in reversed(Base.metadata.sorted_tables):
            if "application_id" in table.c:
                db.session.execute(delete(table).where(table.c.application_id == number))
        db.session.execute(delete(Application).where(Application.id == number))
        db.session.execute(update(Ranking).values(remarks={"results": "Bez primjedbi."}))
        commit()
