"""The demo clock: shifts as typed, one file for all processes."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from grants import clock
from grants.app import create_app
from grants.demo.clock import FARTHEST, DemoClock, parse_shift
from tests.client import LintingClient
from tests.database import SECRET


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+9d", timedelta(days=9)),
        ("3h", timedelta(hours=3)),
        ("+2w", timedelta(weeks=2)),
        ("-1d", timedelta(days=-1)),
        ("9", None),
        ("d", None),
        ("+1.5d", None),
    ],
)
def test_shift_is_read_as_typed(text: str, expected: timedelta | None) -> None:
    assert parse_shift(text) == expected


def test_second_process_sees_the_move(tmp_path: Path) -> None:
    web, worker = DemoClock(tmp_path / "clock"), DemoClock(tmp_path / "clock")
    assert worker.offset() == timedelta(0)
    web.move(timedelta(days=9))
    os.utime(tmp_path / "clock", ns=(1, 1))
    assert worker.offset() == timedelta(days=9)
    worker.move(timedelta(hours=-1))
    os.utime(tmp_path / "clock", ns=(2, 2))
    assert web.offset() == timedelta(days=8, hours=23)
    web.reset()
    assert web.offset() == timedelta(0)


def test_clock_stays_within_ten_years_when_moved_too_far(tmp_path: Path) -> None:
    demo_clock = DemoClock(tmp_path / "clock")
    for _ in range(3):
        demo_clock.move(timedelta(weeks=9999))
    assert demo_clock.offset() == FARTHEST


def test_page_moves_the_clock_of_everybody(app: Flask, client: LintingClient) -> None:
    real = clock.now()
    client.post("/demo/clock", {"amount": "9", "unit": "days", "way": "on"})
    assert timedelta(days=9) <= clock.now() - real < timedelta(days=9, minutes=1)
    assert "Sat je pomjeren" in client.get("/demo/clock").text
    client.post("/demo/clock", {"amount": "1", "unit": "hours", "way": "back"})
    assert clock.now() - real < timedelta(days=9)
    client.post("/demo/clock/reset")
    assert clock.now() - real < timedelta(minutes=1)


def test_page_says_what_to_type_when_amount_is_no_number(client: LintingClient) -> None:
    answer = client.post(
        "/demo/clock", {"amount": "devet", "unit": "days", "way": "on"}, status=422
    )
    assert "nije cijeli broj" in answer.text


def test_clock_goes_just_past_a_term(app: Flask, client: LintingClient) -> None:
    until = clock.now() + timedelta(days=3)
    client.post("/demo/clock/to", {"until": until.isoformat()})
    assert timedelta(seconds=59) <= clock.now() - until < timedelta(minutes=2)
    client.post("/demo/clock/reset")
    client.post("/demo/clock/to", {"until": "jučer"}, status=409)


def test_command_moves_and_shows_the_clock(app: Flask) -> None:
    run = app.test_cli_runner()
    real = clock.now()
    assert run.invoke(args=["demo", "clock", "+2w"]).exit_code == 0
    assert run.invoke(args=["demo", "clock", "-1d"]).exit_code == 0
    assert timedelta(days=13) <= clock.now() - real < timedelta(days=13, minutes=1)
    assert run.invoke(args=["demo", "clock", "soon"]).exit_code == 2
    assert run.invoke(args=["demo", "clock", "reset"]).exit_code == 0


def test_demo_does_not_exist_outside_demo_mode(tmp_path: Path) -> None:
    made = create_app({"INSTANCE": str(tmp_path), "SECRET_KEY": SECRET})
    assert "demo" not in made.cli.commands
    assert not [rule for rule in made.url_map.iter_rules() if rule.rule.startswith("/demo")]
    assert "demo_clock" not in made.extensions
