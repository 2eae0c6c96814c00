"""The columns of a budget: the same in every call, but for who co-finances."""

from functools import lru_cache

from grants.calls.rules.form import OWN_SOURCE, Column, Kind, Source

UNITS = ("mjesec", "dan", "sat", "komad", "komplet", "paušal", "osoba", "km")
_BEFORE = (
    Column("heading", "Poglavlje", Kind.SHORT_TEXT),
    Column("description", "Opis", Kind.SHORT_TEXT, limit=200),
    Column("unit", "Jedinica", Kind.SHORT_TEXT, limit=40),
    Column("quantity", "Količina", Kind.NUMBER),
    Column("price", "Cijena", Kind.MONEY),
    Column("requested", "Traženo", Kind.MONEY, is_required=False),
)
_AFTER = (
    Column("activity", "Aktivnost", Kind.REFERENCE, of="activities"),
    Column("partner", "Nosilac", Kind.REFERENCE, is_required=False, of="partners"),
    Column("justification", "Obrazloženje", Kind.SHORT_TEXT, is_required=False, limit=500),
)


def source_column(source: Source) -> str:
    """The key of a source's column; the first budgets had one, and what it holds stays there."""
    return "own" if source.code == OWN_SOURCE.code else f"own_{source.code}"


@lru_cache(maxsize=256)
def budget_columns(sources: tuple[Source, ...]) -> tuple[Column, ...]:
    """All columns of a budget in the order in which a line is read."""
    own = (
        Column(source_column(each), each.title, Kind.MONEY, is_required=False) for each in sources
    )
    return (*_BEFORE, *own, *_AFTER)
