"""The live sums read and write amounts exactly as the server does."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from grants import money

STATIC = Path(__file__).parents[2] / "static"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
TYPED = [
    "0", "7", "1234", "1.234", "1.234,5", "1.234,56", "1234,56", "1234.56", "1 234,5 KM",
    "1\u00a0234,50\u00a0KM", "12.34", "12.345", "1.2345", "1,234", "1.234.567,89", "12.34.567",
    "", "-5", "5-", "abc", "1e3", "0,01", "0,5", "00012", "99999999999999999999,99", "٣", "1,2,3",
    "500 BAM", ",5", "5,", "1.234.56",
]  # fmt: skip
FENING = [0, 1, 99, 100, 123456, 100000000, 99999999999999999999]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A browser on a server that has nothing but our static files."""
    server = make_server("127.0.0.1", 0, Flask("static", static_folder=str(STATIC)), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=FLAGS.split()
        )
        opened = browser.new_page()
        opened.goto(f"http://127.0.0.1:{server.port}/static/img/mark.svg")
        yield opened
        browser.close()
    server.shutdown()
    thread.join()


def run(page: Page, body: str, values: list[Any]) -> list[Any]:
    """What the module's functions say of each value."""
    source = f"async (values) => {{ const m = await import('/static/js/amounts.js'); {body} }}"
    return list(page.evaluate(source, values))


@pytest.mark.browser
def test_amounts_are_read_as_the_server_reads_them(page: Page) -> None:
    read = run(page, "return values.map((v) => m.parseAmount(v)?.toString() ?? null)", TYPED)
    expected = [money.parse(text) for text in TYPED]
    assert read == [None if amount is None else str(amount) for amount in expected]


@pytest.mark.browser
def test_amounts_are_written_as_the_server_writes_them(page: Page) -> None:
    written = run(
        page,
        "return values.map((v) => m.formWithCurrency(BigInt(v)))",
        [str(fening) for fening in FENING],
    )
    assert written == [f"{money.form(fening)}\u00a0KM" for fening in FENING]


@pytest.mark.browser
def test_a_line_is_rounded_half_up_when_the_quantity_is_a_fraction(page: Page) -> None:
    worth = run(
        page,
        "return values.map(([q, p]) =>"
        " String(m.divideHalfUp(m.parseQuantity(q) * m.parseAmount(p), 1000n)))",
        [["7", "600,00"], ["1,5", "0,01"], ["0,333", "10,00"], ["1.000", "0,01"], ["2.5", "3,33"]],
    )
    assert worth == ["420000", "2", "333", "1000", "833"]
