"""The settings and the storage of this installation, for code that knows no Flask."""

from flask import current_app

from grants.config import Settings
from grants.documents.storage import Storage


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def storage() -> Storage:
    """The folder of files under INSTANCE."""
    return Storage(settings().instance / "documents")


def upload_limit() -> int:
    """How many bytes one upload may have."""
    return settings().upload_megabytes * 1024 * 1024
