"""Addresses are remembered, and still those of Flask."""

import pytest
from flask import Flask, url_for

PLAIN = [
    ("register.index", {}),
    ("register.call", {"slug": "zeleni-poziv"}),
    ("register.call", {"slug": "zeleni-poziv", "page": 1}),
    ("register.call", {"slug": "zeleni-poziv", "page": True}),
    ("register.call", {"slug": "zeleni-poziv", "_anchor": "rok"}),
    ("register.index", {"q": ["voda", "zrak"]}),
    ("register.call", {"slug": "zeleni-poziv", "_external": True}),
]


@pytest.mark.parametrize(("endpoint", "values"), PLAIN)
def test_address_is_flasks_own_when_asked_for_twice(
    app: Flask, endpoint: str, values: dict[str, object]
) -> None:
    with app.test_request_context("/"):
        wanted = Flask.url_for(app, endpoint, **values)  # type: ignore[arg-type]
        assert [url_for(endpoint, **values) for _ in range(2)] == [wanted, wanted]  # type: ignore[arg-type]


def test_address_has_its_own_root_when_asked_for_under_another(app: Flask) -> None:
    with app.test_request_context("/"):
        assert url_for("register.index") == "/"
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/poziv"}):
        assert url_for("register.index") == "/poziv/"
