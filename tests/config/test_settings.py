"""The environment is read once; every fault has its line."""

from pathlib import Path

import pytest

from grants.config import ConfigFault, read_settings

SECRET = "x" * 32


def faults(**environ: str) -> list[str]:
    """What is wrong with an environment."""
    with pytest.raises(ConfigFault) as refusal:
        read_settings(environ)
    return refusal.value.faults


def test_every_fault_has_its_line(tmp_path: Path) -> None:
    found = faults(
        INSTANCE=str(tmp_path),
        SECRET_KEY="short",
        DATABASE_URL="mysql://x",
        PUBLIC_URL="pozivi.example.ba",
        SMTP_URL="ftp://x",
        TRUSTED_PROXIES="-1",
    )
    names = sorted({fault.partition(":")[0] for fault in found})
    assert names == [
        "DATABASE_URL",
        "PUBLIC_URL",
        "SECRET_KEY",
        "SMTP_URL",
        "TRUSTED_PROXIES",
    ]


def test_secret_is_required_outside_demo_mode(tmp_path: Path) -> None:
    assert faults(INSTANCE=str(tmp_path))[0].startswith("SECRET_KEY: not set")


def test_demo_mode_is_off_unless_set(tmp_path: Path) -> None:
    settings = read_settings({"INSTANCE": str(tmp_path), "SECRET_KEY": SECRET})
    assert (settings.is_demo, settings.is_https) == (False, False)


def test_demo_secret_is_kept_for_web_and_worker(tmp_path: Path) -> None:
    environ = {"INSTANCE": str(tmp_path), "DEMO": "1"}
    first = read_settings(environ).secret_key
    assert len(first) >= 32
    assert read_settings(environ).secret_key == first
