"""The document slots of a draft: what lies in them, what the organisation keeps, what fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from grants import clock
from grants.applications.models import Application, ApplicationDocument
from grants.applications.queries import papers_of, present_documents
from grants.calls.queries import criteria_of
from grants.calls.rules.criteria import RequiredDocument
from grants.calls.rules.papers import Paper, paper_problems, slot_problems
from grants.organisations.models import OrganisationDocument
from grants.organisations.queries import list_documents
from grants.web.errors import sentences


@dataclass(frozen=True)
class Offered:
    """A document of the organisation for a slot, and why it would not fit, if so."""

    kept: OrganisationDocument
    problems: list[str]


@dataclass(frozen=True)
class Slot:
    """One document that the call asks for: its files, the vault's of its kind, the others."""

    wanted: RequiredDocument
    files: list[ApplicationDocument]
    problems: list[str]
    offered: list[Offered]
    others: list[OrganisationDocument]


def slots_of(application: Application) -> list[Slot]:
    """Every slot of the call, in its order."""
    return _slots(application, criteria_of(application.call).required_documents)


def slot_of(application: Application, wanted: RequiredDocument) -> Slot:
    """One slot by itself: that of a question that is answered with a file."""
    return _slots(application, [wanted])[0]


def _slots(application: Application, documents: Sequence[RequiredDocument]) -> list[Slot]:
    at = clock.now()
    today, papers = clock.local_day(at), papers_of(application, at=at)
    files = present_documents(application)
    kept = list_kept(application)
    found = []
    for wanted in documents:
        here = [each for each in files if each.code == wanted.code]
        there = {each.document_id for each in here}
        free = [each for each in kept if each.document_id not in there]
        of_kind = [each for each in free if wanted.kind and each.kind == wanted.kind]
        problems = sentences(slot_problems(wanted, papers.get(wanted.code, [])))
        offered = [
            _offered(wanted, each, Paper(each.issued_on, each.expires_on, today))
            for each in of_kind
        ]
        others = [each for each in free if each not in of_kind]
        found.append(Slot(wanted, here, problems, offered, others))
    return found


def list_kept(application: Application) -> Sequence[OrganisationDocument]:
    """The vault of the applicant; an officer who keys in a paper does not look into it."""
    if application.organisation is None or application.keyed_by_id is not None:
        return []
    return list_documents(application.organisation)


def fitting_codes(application: Application) -> set[str]:
    """The slots that have a file which does what the call asks."""
    papers = papers_of(application, at=clock.now())
    wanted = criteria_of(application.call).required_documents
    unfit = {each.code for each in wanted if slot_problems(each, papers.get(each.code, []))}
    dated = {each.code for each in wanted if each.is_dated}
    return set(papers) - (unfit & dated)


def _offered(wanted: RequiredDocument, kept: OrganisationDocument, paper: Paper) -> Offered:
    return Offered(kept, sentences(paper_problems(wanted, paper)))
