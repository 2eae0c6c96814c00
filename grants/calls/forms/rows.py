"""Rows without JavaScript: adding and removing are submit buttons that redraw what was typed."""

from collections.abc import Iterable, Iterator, Mapping

from wtforms import Field, FieldList, FormField

ADD, REMOVE, REDRAW = "add", "remove", "redraw"


def redraw(form: Iterable[Field], pressed: Mapping[str, str]) -> bool:
    """Add or remove the row whose button was pressed; whether one of these buttons was it.

    `add=lots` adds to the list `lots`, `remove=lots-2` takes that row away.
    """
    for rows in _lists(form):
        if pressed.get(ADD) == rows.name:
            rows.append_entry()
            return True
        for entry in rows.entries:
            if pressed.get(REMOVE) == entry.name:
                rows.entries.remove(entry)
                return True
    return REDRAW in pressed


def _lists(form: Iterable[Field]) -> Iterator[FieldList]:
    for field in form:
        if isinstance(field, FieldList):
            yield field
            for entry in field.entries:
                if isinstance(entry, FormField):
                    yield from _lists(entry.form)
