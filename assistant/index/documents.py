"""Documents in hand → an index, for those that come from no file: entries of a collection, for example."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from assistant.encoding import Encoder
from assistant.framework import Framework
from assistant.index import fingerprint
from assistant.index.encoded import Encoded, encode
from assistant.index.generations import Layout
from assistant.index.publishing import publish
from assistant.index.staging import Staging
from assistant.records import Document

# Where the name of a file stands for documents of an index that come from none.
GIVEN = "given:"


def index_documents(
    root: Path,
    encoder: Encoder,
    framework: Framework,
    documents: Iterable[Document],
    progress: Callable[[int, str], None] = lambda done, name: None,
    prepare: Callable[[Document], Encoded] | None = None,
) -> str:
    """Make an index in `root` that holds these documents and no others; the name of its generation.

    Called again after it was cut off, it goes on with the documents that were not done. What was live
    stays so until the new generation is whole. `prepare` cuts and encodes a document in place of what an
    ingest does. Raises IndexLocked if another process writes,
    IndexDamaged if the vectors do not pass their audit, IndexError_ if the disk has no room.
    """
    layout = Layout(root)
    made_with = json.dumps(fingerprint(encoder.fingerprint, framework), sort_keys=True)
    with layout.writing():
        staging = _staging(layout, made_with)
        wanted = set()
        try:
            for done, document in enumerate(documents):
                progress(done, document.name)
                wanted.add(document.id)
                if not staging.has_document(document.id):
                    made = prepare(document) if prepare else encode(document, encoder, framework)
                    staging.put(GIVEN + document.id, document.id, [made])
            for path, held in staging.holdings().items():
                if not wanted.intersection(held):
                    staging.forget(path)
            return publish(layout, staging)
        finally:
            staging.close()


def _staging(layout: Layout, made_with: str) -> Staging:
    """Work that was cut off, if it was made in the same way; else an empty catalogue."""
    if layout.staging.exists():
        staging = Staging.resume(layout.staging)
        if staging is not None and staging.meta().get("fingerprint") == made_with:
            return staging
        if staging is not None:
            staging.close()
    layout.discard_staging()
    staging = Staging.at(layout.make_staging())
    # No generation is its base: an ingest of files does not take it for its own.
    staging.set_meta(base=GIVEN, fingerprint=made_with)
    return staging
