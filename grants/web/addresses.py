"""Addresses within a request, each built once: a page asks for a hundred, nearly all the same."""

from typing import Any

from flask import Flask, has_request_context, request

from grants.web.templating import Templates

# Beyond this many the store begins anew; an address is some 200 bytes.
MOST = 20_000


class Poziv(Flask):
    """Flask, whose url_for remembers the paths it built."""

    jinja_environment = Templates

    def __init__(self, *names: Any, **options: Any) -> None:
        super().__init__(*names, **options)
        self._built: dict[Any, str] = {}

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """The address of an endpoint, as flask.Flask.url_for has it.

        Only plain paths of a request are remembered: what depends on the page it is asked for on
        (`.endpoint`, a full address) is built each time.
        """
        # flask.url_for hands its own options on, mostly empty.
        given = {name: value for name, value in values.items() if value is not None}
        is_whole = "_external" in given or "_scheme" in given
        if is_whole or endpoint[:1] == "." or not has_request_context():
            return super().url_for(endpoint, **values)
        # With its types: True and 1 are one key, but not one address.
        key = (request.script_root, endpoint, *given.items(), *map(type, given.values()))
        try:
            return self._built[key]
        except KeyError:
            if len(self._built) >= MOST:
                self._built.clear()
            return self._built.setdefault(key, super().url_for(endpoint, **values))
        except TypeError:  # a list among the values: nothing to remember it by
            return super().url_for(endpoint, **values)
