"""Nobody learns of an application what they may not know: not its title, not that it exists.

The addresses are read from the routes, so that a new page is asked too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import delete, select
from werkzeug.routing import Rule

from grants import tenancy
from grants.applications.models import Application, ApplicationDocument, Message
from grants.calls.rules.states import CallStatus
from grants.db import Base, db
from grants.evaluation.models import Committee, Conflict, Member
from grants.municipalities.models import Municipality
from grants.people.models import User
from grants.people.rules import Role
from tests.applications.arranging import FORM, make_draft
from tests.client import LintingClient, Statements, commit
from tests.factories import (
    OPENS,
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

TITLE, APPLICANT = "Tajni naslov projekta", "Udruženje Skriveno"
REFERENCE, REQUESTED = "TAJNO-2026-777", 1_234_567
SECRETS = (TITLE, APPLICANT, REFERENCE, "12.345,67", "12345.67", str(REQUESTED))
# What is hidden is hidden by the same statements on both databases.
pytestmark = pytest.mark.one_database
SUBMITTED, DRAFT = "submitted", "draft"
OUTSIDE = ("visitor", "stranger", "other organisation", "other officer", "undeclared evaluator")
# A draft is nobody's but its organisation's.
HIDDEN = [*((SUBMITTED, who) for who in OUTSIDE), *((DRAFT, who) for who in OUTSIDE)]
HIDDEN += [(DRAFT, who) for who in ("officer", "administrator", "auditor", "signatory")]
# Both score other applications at the same time; one presides over the committee of this one.
HIDDEN += [(SUBMITTED, who) for who in ("conflicted chair", "other committee")]
ARGUMENT = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
OF_APPLICATION = re.compile(r"/applications/<|<application>")
TOKEN = re.compile(rb'(csrf[-_]token"[^>]*? (?:content|value)=")[^"]+')


@dataclass(frozen=True)
class Hidden:
    """One application, everything that belongs to it, and who may not know of it."""

    slug: str
    town: str
    other_town: str
    call: str
    committee: str
    document: str
    message: str
    people: dict[str, User | None]

    @property
    def towns(self) -> tuple[str, str]:
        """The municipality of the application, and one with which it has nothing to do."""
        return self.town, self.other_town

    def addresses(self, rule: Rule, slug: str) -> Iterator[str]:
        """What a rule leads to, by way of either municipality."""
        for town in self.towns:
            known = {
                "municipality": town,
                "call": self.call,
                "application": slug,
                "document": self.document,
                "message": self.message,
                "section": "summary",
                "question": "summary_text",
                "slug": self.committee if "<application>" in rule.rule else slug,
            }
            yield ARGUMENT.sub(lambda found, known=known: known.get(found[1], "1"), rule.rule)
            if "<municipality>" not in rule.rule:
                return

    def lists(self, rule: Rule) -> Iterator[str]:
        """The pages that could list or count it: their last word before says what stands there."""
        places = {"calls": self.call, "committee": self.committee, "preview": "summary"}
        for town in self.towns:
            parts = rule.rule.split("/")
            for at, part in enumerate(parts):
                if ARGUMENT.search(part):
                    parts[at] = town if parts[at - 1] == "m" else places.get(parts[at - 1], "")
            if all(parts[1:]) or rule.rule == "/":
                yield f"{'/'.join(parts)}?q=Tajni"


def make_hidden(app: Flask, kind: str) -> Hidden:
    """A draft of an open call, or a submitted application whose committee has not declared."""
    with app.app_context(), tenancy.across("tests arrange"):
        town, other_town = make_municipality(), make_municipality(name="Laktaši")
        status = CallStatus.PUBLISHED if kind == DRAFT else CallStatus.SCORING
        call = make_call(town, form=FORM, status=status)
        organisation = make_organisation(APPLICANT, register_name="MP KS", register_number="12")
        shared = {"title": TITLE, "requested": REQUESTED, "reference": REFERENCE}
        make = make_draft if kind == DRAFT else make_application
        application = make(call, organisation, **shared)
        chair, evaluator = make_user("Predsjednik s vezom"), make_user("Članica komisije")
        other = make_user("Član koji je potpisao")
        committee = make_committee(call, chair, evaluator, other, is_declared=False)
        if kind == SUBMITTED:
            _keep_conflict(committee.members[0], application)
            committee.members[2].declared_at = committee.members[2].interests_at = OPENS
            make_sheet(application, committee.members[2])
        hidden = _with_papers(application, committee, (town, other_town))
        hidden.people.update(_people(town, other_town), **{"undeclared evaluator": evaluator})
        hidden.people.update(
            {"conflicted chair": chair, "other committee": _member_of_another(town)}
        )
        commit()
        return hidden


def _keep_conflict(chair: Member, application: Application) -> None:
    """The chair has declared everything, a relative here, and has another application to score."""
    chair.declared_at = chair.interests_at = OPENS
    make_application(application.call, make_organisation("Udruženje Vidljivo"), title="Vidljiva")
    keep(
        Conflict(
            municipality_id=application.municipality_id,
            member_id=chair.id,
            application_id=application.id,
            ground="relative",
            declared_at=OPENS,
        )
    )


def _member_of_another(town: Municipality) -> User:
    """A member of the committee of another call of the same town, with a sheet to fill."""
    call = make_call(town, status=CallStatus.SCORING, reference="NS-2026-DRUGI", slug="drugi")
    member = make_user("Član druge komisije")
    make_committee(call, member)
    make_application(call, make_organisation("Udruženje Treće"), title="Treća prijava")
    return member


def _with_papers(
    application: Application, committee: Committee, towns: tuple[Municipality, Municipality]
) -> Hidden:
    owner = {"municipality_id": towns[0].id, "application_id": application.id}
    document, said = make_document("tajno.pdf"), make_document("prilog.pdf")
    keep(ApplicationDocument(**owner, code="other", document_id=document.id, added_at=OPENS))
    message = keep(
        Message(
            **owner, slug="poruka-tajna", is_from_office=True, author_name="Služba",
            text=f"O prijavi {TITLE}", sent_at=OPENS, document_id=said.id,
        )
    )  # fmt: skip
    slug, call = application.slug, application.call.slug
    return Hidden(
        slug, towns[0].slug, towns[1].slug, call, committee.slug, document.slug, message.slug, {}
    )


def _people(town: Municipality, other_town: Municipality) -> dict[str, User | None]:
    other = make_organisation("Udruženje Drugo")
    roles = (Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.SIGNATORY)
    return {
        **{role.value: make_user(role.value, (role, town.id)) for role in roles},
        "visitor": None,
        "stranger": make_user("Neko Nepoznat"),
        "other organisation": make_user("Neko Drugi", (Role.REPRESENTATIVE, other.id)),
        "other officer": make_user("Službenik", (Role.OFFICER, other_town.id)),
    }


def sign_in(client: LintingClient, user: User | None) -> None:
    """This person, with the session's cookie and token set once."""
    if user is not None:
        client.sign_in(user)
    client.learn_token()


def rules(app: Flask) -> list[Rule]:
    """All but the files of the pages."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize(("kind", "who"), HIDDEN)
def test_hidden_application_is_like_one_that_does_not_exist(
    app: Flask, client: LintingClient, kind: str, who: str
) -> None:
    hidden = make_hidden(app, kind)
    sign_in(client, hidden.people[who])
    asked = [rule for rule in rules(app) if OF_APPLICATION.search(rule.rule)]
    assert len(asked) > 25
    nowhere = "x" * len(hidden.slug)
    # A visitor is led to sign in; a form sent comes back with what was typed.
    is_refused = (404,) if hidden.people[who] else (302, 400, 401)
    differing = []
    for rule in asked:
        pairs = zip(
            hidden.addresses(rule, hidden.slug), hidden.addresses(rule, nowhere), strict=True
        )
        for method, (path, none) in product({"GET", "POST"} & (rule.methods or set()), pairs):
            found = answer(client, method, path, hidden.slug)
            if found != answer(client, method, none, nowhere) or found[0] not in is_refused:
                differing.append(f"{found[0]} {method} {path}")
    assert "\n".join(differing) == ""


def answer(
    client: LintingClient, method: str, path: str, slug: str
) -> tuple[int, bytes, int, list[str]]:
    """Status, body without what differs by itself, statements, names of the headers."""
    with Statements() as seen:
        response = client.ask(method, path)
    body = response.get_data()
    for secret in SECRETS:
        assert secret not in body.decode(), f"{method} {path}: {secret}"
    bare = TOKEN.sub(rb"\1", body).replace(slug.encode(), b"*")
    return response.status_code, bare, len(seen), sorted(dict(response.headers))


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize(("kind", "who"), HIDDEN)
def test_no_list_search_or_count_changes_with_a_hidden_application(
    app: Flask, client: LintingClient, kind: str, who: str
) -> None:
    hidden = make_hidden(app, kind)
    sign_in(client, hidden.people[who])
    # The office sees how many drafts its call has, and nothing else of them.
    counted = () if who in OUTSIDE else ("desk.call",)
    paths = {
        path: rule.endpoint
        for rule in rules(app)
        if "GET" in (rule.methods or ()) and not OF_APPLICATION.search(rule.rule)
        for path in hidden.lists(rule)
    }
    assert len(paths) > 30
    before = {path: answer(client, "GET", path, hidden.slug)[:2] for path in paths}
    forget(app, hidden.slug)
    after = {path: answer(client, "GET", path, hidden.slug)[:2] for path in paths}
    changed = {path for path in paths if before[path] != after[path]}
    assert {path for path in changed if paths[path] not in counted} == set()


def forget(app: Flask, slug: str) -> None:
    """As if it had never been."""
    with app.app_context(), tenancy.across("tests arrange"):
        wanted = select(Application.id).where(Application.slug == slug)
        number = db.session.execute(wanted).scalar_one()
        for table in reversed(Base.metadata.sorted_tables):
            if "application_id" in table.c:
                db.session.execute(delete(table).where(table.c.application_id == number))
        db.session.execute(delete(Application).where(Application.id == number))
        commit()


def test_office_finds_its_secrets(app: Flask, client: LintingClient) -> None:
    """Lest the tests above look for words that nobody is ever shown."""
    hidden = make_hidden(app, SUBMITTED)
    client.sign_in(hidden.people["officer"])  # type: ignore[arg-type]
    page = client.get(f"/m/{hidden.town}/applications/{hidden.slug}").text
    assert [secret for secret in SECRETS[:4] if secret not in page] == []
