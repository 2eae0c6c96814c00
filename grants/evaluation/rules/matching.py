"""What ties a member of the committee to an applicant, found by the system for people to judge."""

from enum import StrEnum


class HitKind(StrEnum):
    """What matched."""

    ORGANISATION = "organisation"
    PERSON_NAME = "person_name"
    PERSON_EMAIL = "person_email"
    ADDRESS = "address"
    PHONE = "phone"
    ACCOUNT = "account"
    PARTNER = "partner"
    EMPLOYER = "employer"
