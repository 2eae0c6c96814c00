"""The tags of budget lines, on which budget rules rest; the form gives each heading its own."""

from enum import StrEnum


class BudgetTag(StrEnum):
    """What kind of cost a line is."""

    ADMIN = "admin"
    EQUIPMENT = "equipment"
    STAFF = "staff"
    TRAVEL = "travel"
    OFFICE = "office"
    SERVICES = "services"
    INDIRECT = "indirect"
