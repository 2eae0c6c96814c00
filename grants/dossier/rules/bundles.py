"""Where the building of a zip stands."""

from enum import StrEnum


class BundleStatus(StrEnum):
    """Waiting for the worker, being built, ready, or failed with its reason."""

    WAITING = "waiting"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"
