"""Finding applications by what people remember of them."""

from typing import Any

from sqlalchemy import func, or_

from grants.applications.models import Application
from grants.i18n.script import fold
from grants.organisations.models import Organisation


def case_words(words: str) -> Any:
    """Applications whose title, organisation or numbers have these words."""
    bare = words.strip()
    return or_(
        Application.title_folded.contains(fold(bare), autoescape=True),
        func.lower(Application.organisation_name).contains(bare.lower(), autoescape=True),
        Application.organisation.has(
            Organisation.name_folded.contains(fold(bare), autoescape=True)
        ),
        func.lower(Application.reference).contains(bare.lower(), autoescape=True),
        func.lower(Application.protocol_number).contains(bare.lower(), autoescape=True),
    )
