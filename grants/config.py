"""Settings read from the environment, once, typed; no secret has a default outside demo mode."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class ConfigFault(Exception):
    """One clear line per fault of the environment."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """Everything the installation may decide; docs/deploying.md has the table."""

    instance: Path
    database_url: str
    secret_key: str
    is_demo: bool
    public_url: str
    smtp_url: str
    mail_from: str
    upload_megabytes: int
    trusted_proxies: int

    @property
    def is_https(self) -> bool:
        """Whether cookies may insist on a secure connection."""
        return self.public_url.startswith("https://")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from the variables that the README lists; everything else is left alone.

    Raises ConfigFault with one line for each variable that is wrong.
    """
    faults: list[str] = []
    instance = Path(environ.get("INSTANCE") or "instance").resolve()
    is_demo = environ.get("DEMO", "") == "1"
    settings = Settings(
        instance=instance,
        database_url=_database_url(environ, instance, faults),
        secret_key=_secret_key(environ, instance, is_demo=is_demo, faults=faults),
        is_demo=is_demo,
        public_url=_public_url(environ, faults),
        smtp_url=_smtp_url(environ, faults),
        mail_from=environ.get("MAIL_FROM") or "poziv@example.org",
        upload_megabytes=_whole(environ, "UPLOAD_MEGABYTES", 20, faults),
        trusted_proxies=_whole(environ, "TRUSTED_PROXIES", 0, faults, least=0),
    )
    if faults:
        raise ConfigFault(faults)
    return settings


def _database_url(environ: Mapping[str, str], instance: Path, faults: list[str]) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'poziv.db'}"
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        faults.append(
            f"DATABASE_URL: begins with {url.split(':')[0]!r}; allowed are sqlite:/// and postgresql://"
        )
    return url


def _secret_key(
    environ: Mapping[str, str], instance: Path, *, is_demo: bool, faults: list[str]
) -> str:
    given = environ.get("SECRET_KEY", "")
    if given:
        if len(given) < 32:
            faults.append("SECRET_KEY: shorter than 32 characters; take a longer random one")
        return given
    if not is_demo:
        faults.append("SECRET_KEY: not set; outside demo mode (DEMO=1) it must be, 32+ characters")
        return ""
    return _demo_secret(instance, faults)


def _demo_secret(instance: Path, faults: list[str]) -> str:
    """A secret of its own for each demo installation, shared by its web and worker process."""
    kept = instance / "demo-secret"
    try:
        instance.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            kept.write_text(secrets.token_urlsafe(48))
            kept.chmod(0o600)
        return kept.read_text()
    except OSError as fault:
        faults.append(f"INSTANCE: cannot write to {instance}: {fault.strerror}")
        return ""


def _public_url(environ: Mapping[str, str], faults: list[str]) -> str:
    url = environ.get("PUBLIC_URL") or f"http://127.0.0.1:{_whole(environ, 'PORT', 8000, faults)}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        faults.append(f"PUBLIC_URL: {url!r} is no address like https://pozivi.example.ba")
    return url.rstrip("/")


def _smtp_url(environ: Mapping[str, str], faults: list[str]) -> str:
    url = environ.get("SMTP_URL", "")
    if url and urlsplit(url).scheme not in ("smtp", "smtps"):
        faults.append("SMTP_URL: begins neither with smtp:// nor with smtps://")
    return url


def _whole(
    environ: Mapping[str, str], name: str, default: int, faults: list[str], *, least: int = 1
) -> int:
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        faults.append(f"{name}: {text!r} is no whole number of {least} or more")
        return default
    return int(text)
