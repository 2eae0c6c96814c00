"""What the pages of this slice share."""

from flask import Blueprint

from grants.errors import DomainError
from grants.web.errors import sentences

blueprint = Blueprint("evaluation", __name__)
Refused = list[tuple[str, str | None]]


def refused_by(refusal: DomainError) -> Refused:
    """The sentences of a refusal with the fields they belong to."""
    places = [problem.place or None for problem in refusal.problems]
    return list(zip(sentences(refusal.problems), places, strict=True))
