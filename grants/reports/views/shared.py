"""What both audiences see of the expenditure of a contract."""

from typing import Any

from flask import Blueprint, request

from grants.contracts.forms import STATUS_LABELS as CONTRACT_LABELS
from grants.contracts.life import life_of
from grants.contracts.models import Contract
from grants.contracts.rules.states import RUNNING
from grants.payments.queries import sum_paid
from grants.reports.forms import STATUS_LABELS, FilterForm
from grants.reports.queries import (
    count_by_status,
    list_expenditures,
    list_repeated_keys,
    read_ledger,
)
from grants.web.paging import PER_PAGE, Page, page_number

blueprint = Blueprint("reports", __name__)


def expenditure_of(contract: Contract) -> dict[str, Any]:
    """The sums and one page of the bills of a contract, as its templates want them."""
    form, number = FilterForm(request.args), page_number()
    status, counts = form.chosen_status(), count_by_status(contract)
    rows = list_expenditures(contract, status, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    total = sum(counts.values()) if status is None else counts.get(status, 0)
    return {
        "contract": contract,
        "place": contract.application.call.municipality,
        "stages": life_of(contract),
        "found": read_ledger(contract),
        "paid": sum_paid(contract),
        "counts": counts,
        "filter_form": form,
        "page": Page(rows, number, total),
        "repeated": list_repeated_keys(contract),
        "is_open": contract.status in RUNNING,
        "labels": STATUS_LABELS,
        "contract_labels": CONTRACT_LABELS,
    }
