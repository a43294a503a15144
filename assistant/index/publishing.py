"""Staging → the new live generation: copied compactly, vectors built and audited, then switched to."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from assistant.errors import IndexError_
from assistant.index import vectors
from assistant.index.catalogue import Catalogue
from assistant.index.corrections import MARK
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.manifest import write_manifest
from assistant.index.rows import label_row
from assistant.index.staging import Staging

# Bytes that a generation needs beside what is staged: Chroma's log, the copy, room to breathe.
ROOM = 50_000_000


def publish(layout: Layout, staging: Staging) -> str:
    """Make what is staged the live generation, and return its name. `staging` is closed by it.

    Raises IndexDamaged if the vectors do not pass their audit, and IndexError_ if the disk has no
    room for them; what was live stays so.
    """
    name = layout.next_name()
    built = layout.building(name)
    _check_room(layout, built)
    staging.set_meta(digest=_digest_of(staging))
    staging.publish(built / CATALOGUE)
    catalogue = Catalogue.open(built / CATALOGUE)
    ids, matrix = catalogue.vectors()
    counts = catalogue.counts()
    paths = sorted(catalogue.files())
    bibliographies = [known.path for known in catalogue.bibliographies()]
    made_with = json.loads(catalogue.meta()["fingerprint"])
    catalogue.close()
    vectors.build(built, ids, matrix)
    write_manifest(
        built,
        fingerprint=made_with,
        store=vectors.contents_digest(built),
        paths=paths,
        bibliographies=bibliographies,
        **counts,
    )
    staging.close()
    layout.switch(built, name)
    return name


def _check_room(layout: Layout, built: Path) -> None:
    """Refuse before Chroma meets a full disk: it hangs on one."""
    needed = 4 * layout.staging.stat().st_size + ROOM
    free = shutil.disk_usage(built).free
    if free < needed:
        raise IndexError_(
            f"The index needs about {needed // 1_000_000:,} MB of free disk and there are "
            f"{free // 1_000_000:,} MB at {layout.root}. Nothing was changed; make room and run the "
            "same command again."
        )


def _digest_of(catalogue: Catalogue) -> str:
    """Digest of what a catalogue holds: fingerprint, documents, their sources, passages."""
    digest = hashlib.sha256(catalogue.meta().get("fingerprint", "").encode())
    for head in sorted(catalogue.heads(), key=lambda head: head.id):
        digest.update(repr((head.id, head.source, head.sensitivity)).encode())
        for passage in catalogue.passages_of(head.id):
            digest.update(passage.id.encode())
            # Labels follow from the rest, but for what a researcher corrected.
            for sentence in passage.sentences:
                if MARK in sentence.labels.origin:
                    digest.update(repr((sentence.start, *label_row(sentence))).encode())
    return digest.hexdigest()[:12]
