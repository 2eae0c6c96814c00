"""What stands beside the questions of the grid is written in the script of the page."""

import pytest
from flask import Flask

from grants.calls.rules.form import Form, Kind, Question, Section
from grants.evaluation.rules.evidence import Block, Reader
from grants.i18n.rendering import speaking
from grants.web.filters import money_km

FORM = Form(1, (Section("money", "Novac", questions=(Question("own", "Učešće", Kind.MONEY),)),))
SNAPSHOT = {"answers": {"money": {"own": 123450}}}


@pytest.mark.parametrize(
    ("language", "text"), [("bs", "1.234,50\u00a0KM"), ("sr", "1.234,50\u00a0КМ")]
)
def test_amount_is_written_in_the_script_of_the_page(app: Flask, language: str, text: str) -> None:
    with app.app_context(), speaking(language):
        blocks = Reader(FORM, SNAPSHOT, money=money_km).evidence(["own", "unknown"])
    assert blocks == [Block("own", "Učešće", text)]
