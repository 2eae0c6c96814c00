"""Where an act is issued whose issue changes a case: every slice says it of its own kinds."""

from collections.abc import Callable

from grants.acts.models import Act
from grants.acts.rules import ActKind

CasePage = Callable[[Act], str]
_pages: dict[ActKind, CasePage] = {}


def issued_on(*kinds: ActKind) -> Callable[[CasePage], CasePage]:
    """The function under this gives the address of the page on which these kinds are issued."""

    def keep(page: CasePage) -> CasePage:
        _pages.update(dict.fromkeys(kinds, page))
        return page

    return keep


def case_page(act: Act) -> str:
    """The address of the page on which an act is issued; empty where its case is gone."""
    page = _pages.get(act.kind)
    return page(act) if page else ""
