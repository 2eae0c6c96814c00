"""What an organisation may owe a municipality."""

from enum import StrEnum


class StandingKind(StrEnum):
    """What a municipality keeps against an organisation until it is put right."""

    REPORT_DUE = "report_due"
    REPORT_LATE = "report_late"
    RETURN_DUE = "return_due"
