"""Building the zip of a call."""

import tempfile
from datetime import datetime
from typing import BinaryIO, cast

from grants import tenancy
from grants.db import unit_of_work
from grants.documents.storage import StoredFile
from grants.documents.vault import storage
from grants.dossier.actions.bundling import fail_bundle, finish_bundle, note_progress
from grants.dossier.archive import Archive
from grants.dossier.contents import batches, pack_applications, pack_call
from grants.dossier.queries import get_bundle, get_bundle_to_pack, list_packed_ids
from grants.dossier.rules.bundles import UNDER_WAY
from grants.errors import DomainError
from grants.i18n.rendering import speaking
from grants.jobs.worker import job_handler, keep_lease

# So many applications are read and packed at once: that much stays in memory.
AT_ONCE = 50


@job_handler("build_bundle")
def build_bundle(*, bundle_id: int, municipality_id: int, at: datetime) -> None:
    """Pack, keep, note; a second run finds it ready and does nothing.

    A full disk ends it with its sentence: it can be asked for again.
    """
    with tenancy.within(municipality_id):
        with unit_of_work("read which bundle is asked for", writing=False):
            bundle = get_bundle_to_pack(bundle_id)
            if bundle is None or bundle.status not in UNDER_WAY:
                return
            language = bundle.call.language
        try:
            with speaking(language):
                stored = _build(bundle_id, at=at)
        except DomainError as refusal:
            _fail(bundle_id, refusal.problems[0].code, at=at)
            return
        with unit_of_work("keep a bundle"):
            bundle = get_bundle(bundle_id)
            if bundle is not None:
                finish_bundle(bundle, stored, at=at)


def _build(bundle_id: int, *, at: datetime) -> StoredFile:
    with tempfile.TemporaryFile() as file:
        stream = cast(BinaryIO, file)
        _write(bundle_id, Archive(stream, at=at))
        size = stream.tell()
        stream.seek(0)
        return storage().store(stream, limit=size)


def _write(bundle_id: int, archive: Archive) -> None:
    with unit_of_work("pack a call", writing=False):
        bundle = get_bundle_to_pack(bundle_id)
        if bundle is None:
            return
        pack_call(archive, bundle.call)
        ids = list_packed_ids(bundle.call_id)
    done = 0
    for batch in batches(ids, AT_ONCE):
        _note(bundle_id, done=done, total=len(ids))
        with unit_of_work("pack applications", writing=False):
            pack_applications(archive, batch)
        done += len(batch)
    _note(bundle_id, done=done, total=len(ids))
    archive.close()


def _note(bundle_id: int, *, done: int, total: int) -> None:
    """Say how far it is; a long zip keeps its job from being taken up by another worker."""
    keep_lease()
    with unit_of_work("note how far a bundle is"):
        bundle = get_bundle(bundle_id)
        if bundle is not None:
            note_progress(bundle, done=done, total=total)


def _fail(bundle_id: int, fault: str, *, at: datetime) -> None:
    with unit_of_work("note that a bundle failed"):
        bundle = get_bundle(bundle_id)
        if bundle is not None:
            fail_bundle(bundle, fault, at=at)
