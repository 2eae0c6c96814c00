"""The page from which the papers of a call are taken away: tables, and a zip of everything."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grants import clock
from grants.calls.models import Call
from grants.calls.queries import grid_of
from grants.documents.vault import storage
from grants.dossier.access import may_take_away, may_take_bundle, may_take_table
from grants.dossier.actions.bundling import ask_for_bundle
from grants.dossier.models import Bundle
from grants.dossier.queries import (
    AskedTable,
    get_bundle_to_take,
    get_call_to_take_away,
    get_table,
    list_bundles,
)
from grants.dossier.rules.bundles import UNDER_WAY, BundleStatus
from grants.dossier.sheets import read_sheets
from grants.dossier.tables import TABLES
from grants.dossier.words import TABLE_NAMES
from grants.errors import DomainError, Problem
from grants.i18n.languages import gettext as _
from grants.ranking.bench import CLOSED
from grants.web.downloads import attachment
from grants.web.errors import sentences
from grants.web.gate import actor, allow
from grants.web.tables import Rows, csv_response, xlsx_response

EXPORTS = "/m/<municipality>/calls/<slug>/exports"
LATEST = 5

blueprint = Blueprint("dossier", __name__)


@blueprint.get(EXPORTS)
@allow(may_take_away, on=get_call_to_take_away, seen_by=may_take_away)
def exports(call: Call) -> ResponseReturnValue:
    """What can be taken away, and how far the zip is."""
    return _page(call)


@blueprint.post(EXPORTS)
@allow(may_take_away, on=get_call_to_take_away, seen_by=may_take_away)
def ask(call: Call) -> ResponseReturnValue:
    """Let the worker build a zip of everything."""
    try:
        ask_for_bundle(call, by=actor(), at=clock.now())
    except DomainError as refusal:
        return _page(call, refused=sentences(refusal.problems)), 422
    flash(_("Paket se pravi. Možete zatvoriti stranicu: čekat će vas ovdje."), "success")
    return redirect(_address(call), 303)


@blueprint.get(f"{EXPORTS}/tables/<table>.csv")
@allow(may_take_table, on=get_table, seen_by=may_take_table)
def table_csv(asked: AskedTable) -> ResponseReturnValue:
    """A table of the sheets, streamed."""
    return csv_response(_rows(asked), name=f"{asked.name}-{asked.call.reference}.csv")


@blueprint.get(f"{EXPORTS}/tables/<table>.xlsx")
@allow(may_take_table, on=get_table, seen_by=may_take_table)
def table_xlsx(asked: AskedTable) -> ResponseReturnValue:
    """The same as a workbook."""
    name = f"{asked.name}-{asked.call.reference}.xlsx"
    return xlsx_response(_rows(asked), name=name, title=asked.name)


@blueprint.get(f"{EXPORTS}/<bundle>/zip")
@allow(may_take_bundle, on=get_bundle_to_take, seen_by=may_take_bundle)
def take_bundle(bundle: Bundle) -> ResponseReturnValue:
    """The zip, streamed."""
    if bundle.status is not BundleStatus.READY:
        abort(404)
    return attachment(
        storage().open(bundle.sha256),
        name=f"{bundle.call.reference}.zip",
        media_type="application/zip",
        size=bundle.size,
    )


def _rows(asked: AskedTable) -> Rows:
    # Read before the answer begins: when its lines flow, the request's session is gone.
    return TABLES[asked.name](grid_of(asked.call), list(read_sheets(asked.call)))


def _page(call: Call, *, refused: Sequence[str] = ()) -> str:
    bundles = list_bundles(call, limit=LATEST)
    return render_template(
        "dossier/exports.html",
        call=call,
        bundles=bundles,
        is_under_way=any(each.status in UNDER_WAY for each in bundles),
        has_scores=call.status in CLOSED,
        table_names=TABLE_NAMES,
        address=_address(call),
        faults={each.id: sentences([Problem(each.fault)])[0] for each in bundles if each.fault},
        refused=[(sentence, None) for sentence in refused],
    )


def _address(call: Call) -> str:
    return url_for("dossier.exports", municipality=call.municipality.slug, slug=call.slug)
