"""What the zip of a call holds, folder by folder."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from grants.acts.models import Act
from grants.acts.rules import RECORDS
from grants.applications.models import Application, Snapshot
from grants.calls.models import Call
from grants.calls.queries import grid_of
from grants.complaints.labels import AGAINST, RULINGS
from grants.complaints.models import Objection
from grants.dossier.archive import Archive
from grants.dossier.queries import (
    list_answers,
    list_call_files,
    list_corrections,
    list_issued_of,
    list_members_of,
    list_objections_of,
    list_packed,
    list_rankings,
    snapshots_of,
)
from grants.dossier.sheets import read_sheets
from grants.dossier.tables import TABLES
from grants.i18n.languages import gettext as _
from grants.ranking.bench import CLOSED
from grants.ranking.dossiers import read_dossier
from grants.ranking.exports import table_of
from grants.ranking.models import Ranking
from grants.ranking.queries import list_lines
from grants.web.filters import moment
from grants.web.tables import Cell, Rows


def pack_call(archive: Archive, call: Call) -> None:
    """The call itself, its acts and records and, once its ranking is closed, scores and dossier."""
    archive.add_text("", "procitaj-me.txt", _read_me(call))
    for attached in list_call_files(call.id):
        archive.add_stored("poziv", attached.document.name, attached.document.sha256)
    archive.add_csv("poziv", "pitanja-i-odgovori", _answers(call))
    archive.add_csv("poziv", "ispravke", _corrections(call))
    for act in list_issued_of(call.reference):
        _pack_act(archive, act)
    archive.add_csv("komisija", "izjave", _declarations(call))
    _pack_objections(archive, call)
    if call.status in CLOSED:
        _pack_scores(archive, call)


def pack_applications(archive: Archive, ids: Sequence[int]) -> None:
    """These applications: every version handed in, its PDF and receipt, every file."""
    versions = snapshots_of(ids)
    for application in list_packed(ids):
        _pack_application(archive, application, versions.get(application.id, []))


def _pack_application(
    archive: Archive, application: Application, versions: Sequence[Snapshot]
) -> None:
    folder = f"prijave/{application.reference or application.slug}"
    for version in versions:
        archive.add_text(folder, f"prijava-v{version.version}.json", version.facts)
        if version.pdf is not None:
            archive.add_stored(folder, f"prijava-v{version.version}.pdf", version.pdf.sha256)
    if application.receipt is not None:
        archive.add_stored(folder, "potvrda.pdf", application.receipt.sha256)
    for attached in application.documents:
        if attached.document is not None:
            kept = "prilozi" if attached.removed_at is None else "zamijenjeni-prilozi"
            name = f"{attached.code}-{attached.document.name}"
            archive.add_stored(f"{folder}/{kept}", name, attached.document.sha256)


def _pack_act(archive: Archive, act: Act) -> None:
    folder = "zapisnici" if act.kind in RECORDS else "akti"
    name = f"{act.number or act.slug}-{act.title}".replace("/", "-")
    if act.document is not None:
        archive.add_stored(folder, f"{name}.pdf", act.document.sha256)
    if act.scan is not None:
        archive.add_stored(folder, f"potpisano-{name}.pdf", act.scan.sha256)


def _declarations(call: Call) -> Rows:
    yield [_("Član komisije"), _("Potpisana"), _("Izjava"), _("Sukobi interesa prijavljeni")]
    for member in list_members_of(call.id):
        signed = moment(member.declared_at), member.declaration, moment(member.interests_at)
        yield [member.name, *signed]


def _pack_objections(archive: Archive, call: Call) -> None:
    objections = list_objections_of(call.id)
    archive.add_csv("prigovori", "prigovori", _objections(objections))
    for objection in objections:
        folder = f"prigovori/{objection.application.reference}-{objection.slug}"
        for attached in objection.documents:
            archive.add_stored(folder, attached.document.name, attached.document.sha256)


def _objections(objections: Iterable[Objection]) -> Rows:
    yield [
        *(_("Prijava"), _("Organizacija"), _("Prigovor je"), _("Podnesen")),
        *(_("Razlozi"), _("Traži se"), _("Rješenje"), _("Broj akta")),
    ]
    for each in objections:
        yield [
            *(each.application.reference, each.application.organisation_name),
            *(str(AGAINST[each.against]), moment(each.filed_at), each.text, each.asks_for),
            str(RULINGS[each.ruling]) if each.ruling else "",
            each.act.number if each.act else "",
        ]


def _pack_scores(archive: Archive, call: Call) -> None:
    grid, sheets = grid_of(call), list(read_sheets(call))
    for name, table in TABLES.items():
        archive.add_csv("ocjene", name, table(grid, sheets))
        archive.add_xlsx("ocjene", name, table(grid, sheets))
    for ranking in list_rankings(call.id):
        _pack_ranking(archive, ranking)
    archive.add_text("dosije", "dosije.json", read_dossier(call).canonical().decode())


def _pack_ranking(archive: Archive, ranking: Ranking) -> None:
    name, lines = f"rang-lista-v{ranking.version}", list_lines(ranking)
    sections = ranking.summary["sections"]
    archive.add_csv("rang-lista", name, table_of(sections, lines))
    archive.add_xlsx("rang-lista", name, table_of(sections, lines))
    archive.add_text("rang-lista", f"{name}-dosije.json", ranking.inputs)
    written = json.dumps(ranking.result, ensure_ascii=False, indent=1)
    archive.add_text("rang-lista", f"{name}-rezultat.json", written)


def _answers(call: Call) -> Rows:
    yield [_("Pitanje"), _("Odgovor"), _("Verzija"), _("Objavljeno")]
    for row in list_answers(call.id):
        yield [row.question_text, row.answer, row.version, moment(row.published_at)]


def _corrections(call: Call) -> Rows:
    yield [_("Ispravka"), _("Razlog"), _("Dio"), _("Bilo"), _("Sada"), _("Objavljeno")]
    for each in list_corrections(call.id):
        for change in each.changes:
            yield [
                *(each.number, each.reason),
                *(_cell(change.get(key)) for key in ("part", "before", "after")),
                moment(each.published_at),
            ]


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | int):
        return value
    return json.dumps(value, ensure_ascii=False)


def _read_me(call: Call) -> str:
    lines = [
        _("Poziv: %(title)s (%(reference)s)", title=call.title, reference=call.reference),
        _("Svi dokumenti ovog poziva kakvi su bili kad je paket napravljen."),
        "",
        _("poziv: dokumenti poziva, pitanja i odgovori, ispravke"),
        _("prijave: svaka predata verzija (JSON i PDF), potvrda o predaji, prilozi"),
        _("zapisnici, akti: PDF kako je izdat i potpisani primjerak"),
        _("komisija, prigovori: izjave članova, tekst i prilozi svakog prigovora"),
        "manifest.csv: " + _("svaka datoteka s veličinom i otiskom SHA-256"),
    ]
    if call.status in CLOSED:
        lines += [
            _("ocjene: listovi, obrazloženja i razlike (CSV i XLSX)"),
            _("rang-lista: svaka verzija, s dosjeom iz kojeg je izračunata"),
            "dosije/dosije.json: "
            + _("cijeli poziv u jednoj datoteci; rang-lista se iz nje može ponovo izračunati:"),
            "flask --app wsgi dossier rank dosije.json",
        ]
    else:
        lines.append(_("Ocjene nisu priložene: rang-lista još nije zaključena."))
    return "".join(f"{line}\r\n" for line in lines)


def batches(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The ids in groups of at most `size`."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
