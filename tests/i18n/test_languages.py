"""Croatian as a language: chosen, spoken, Bosnian where nobody has translated yet."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from grants.i18n import languages
from grants.i18n.languages import BY_CODE, current_language, gettext, ngettext
from grants.i18n.rendering import speaking
from grants.web.filters import moment_long
from tests.client import LintingClient

PO = """msgid ""
msgstr ""
"Language: hr\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Podešavanja"
msgstr "Postavke"

msgid "Obavijesti"
msgstr ""

msgid "%(num)d dan"
msgid_plural "%(num)d dana"
msgstr[0] ""
msgstr[1] ""
msgstr[2] ""
"""  # noqa: E501  a plural rule is one line


@pytest.fixture
def _catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "hr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(PO, "utf-8")
    bosnian = languages.CATALOGUES / "bs" / "LC_MESSAGES" / "messages.po"
    (tmp_path / "bs" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "bs" / "LC_MESSAGES" / "messages.po").write_bytes(bosnian.read_bytes())
    monkeypatch.setattr(languages, "CATALOGUES", tmp_path)
    languages._catalogue.cache_clear()  # noqa: SLF001  read once for each process
    yield
    languages._catalogue.cache_clear()  # noqa: SLF001


@pytest.mark.usefixtures("context", "_catalogue")
def test_what_is_not_translated_is_said_in_bosnian() -> None:
    with speaking("hr") as chosen:
        assert current_language() is chosen is BY_CODE["hr"]
        assert (gettext("Podešavanja"), gettext("Obavijesti")) == ("Postavke", "Obavijesti")
        assert [ngettext("%(num)d dan", "%(num)d dana", n) for n in (1, 2, 5, 21)] == [
            "1 dan", "2 dana", "5 dana", "21 dan",
        ]  # fmt: skip


@pytest.mark.usefixtures("context")
def test_croatian_days_of_the_week() -> None:
    with speaking("hr"):
        assert moment_long(datetime(2026, 3, 2, 11, tzinfo=UTC)).startswith("ponedjeljak, 2.")


def test_croatian_is_chosen_in_the_head_of_a_page(app: Flask, client: LintingClient) -> None:
    client.get("/language/hr?next=/", status=302)
    page = client.get("/").text
    assert '<html lang="hr">' in page
    assert 'lang="hr" hreflang="hr" rel="nofollow" aria-current="true">hrvatski' in page
