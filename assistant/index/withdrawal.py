"""Documents and speakers out again: found by what a person calls them, remembered, taken out.

A new generation is built without them and the old one deleted, with all work in progress. The list of
what was withdrawn is written first, so that a withdrawal which is cut off is finished by the next run.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from assistant.errors import BadInput, IndexError_, NotFound
from assistant.index.blanking import mentions
from assistant.index.catalogue import Catalogue
from assistant.index.corrections import Corrections
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.hashing import words_hash
from assistant.index.naming import documents_called
from assistant.index.proof import Sought
from assistant.index.sync import Sync
from assistant.index.withdrawn import Withdrawn, entry_of, held_by
from assistant.index.works import works_of
from assistant.reading.isolation import read_isolated
from assistant.records import Document, DocumentHead

# Fewer of an id may be a name or a word that somebody means otherwise.
DIGITS = 8


@dataclass(frozen=True, slots=True)
class Target:
    """A document to withdraw; with `speaker`, what that speaker says in it."""

    document: DocumentHead
    speaker: str | None = None


@dataclass
class Outcome:
    """What a withdrawal did. `mentions` counts how often others name a withdrawn speaker, by title and
    speaker; `sought` is what a proof looks for."""

    targets: tuple[Target, ...]
    sought: Sought = field(default_factory=Sought)
    mentions: dict[tuple[str, str], int] = field(default_factory=dict)
    generation: str | None = None


def find_targets(catalogue: Catalogue, wanted: Sequence[str], within: Sequence[str] = ()) -> list[Target]:
    """What each of `wanted` means: a document by id, file name or title, or else a speaker.

    A document is also meant by eight digits of its id and by a part of its title or file name, if it is the
    only one. `within` names the documents in which speakers are looked for. Raises NotFound for what is not
    there, BadInput for what can mean several.
    """
    heads = catalogue.heads()
    speakers = catalogue.speakers()
    narrowed = [_document(heads, name) for name in within]
    targets = []
    for name in wanted:
        speaking = [head for head in narrowed or heads if name in speakers.get(head.id, ())]
        if len(speaking) > 1 and not narrowed:
            titles = "; ".join(f"«{head.source.title}» ({head.id[:8]})" for head in speaking)
            raise BadInput(
                f"{name} speaks in {len(speaking)} documents, and may be several people: {titles}. "
                "Say in which: --document"
            )
        if speaking:
            targets += [Target(head, name) for head in speaking]
        elif narrowed:
            raise NotFound(f"Nobody called {name!r} speaks there. `assistant show` prints who speaks.")
        else:
            targets.append(Target(_document(heads, name)))
    return targets


def withdraw(sync: Sync, wanted: Sequence[str], within: Sequence[str] = ()) -> Outcome:
    """Take documents or speakers out of an index. Documents with the same words go too.

    Raises what `find_targets` and `Sync.run` raise, and IndexError_ if files that may hold what was
    withdrawn could not be deleted.
    """
    sync.bring_up()
    try:
        outcome, documents = _remember(sync, wanted, within)
    except (NotFound, BadInput):
        if sync.layout.is_unfinished():
            # What another run left behind may hold what it was to take out.
            sync.run([])
        raise
    outcome.generation = sync.run([]).generation
    _tell_what_is_left(sync, outcome, documents)
    if sync.layout.is_unfinished():
        raise IndexError_(
            f"What was withdrawn is out of the index, but older files in {sync.layout.root} could not be "
            "deleted and may hold it. Close the programs that use them and run: assistant ingest"
        )
    return outcome


def _remember(
    sync: Sync, wanted: Sequence[str], within: Sequence[str]
) -> tuple[Outcome, dict[str, Document]]:
    """Find what is meant and put it on the list; with the documents as they are before."""
    with sync.layout.writing():
        sync.layout.find_lost_pointer()
        with closing(Catalogue.open(sync.layout.live() / CATALOGUE)) as catalogue:
            targets = _with_twins(catalogue, find_targets(catalogue, wanted, within))
            _refuse_corrected(Corrections(sync.layout), targets)
            outcome = Outcome(tuple(targets))
            documents = {target.document.id: catalogue.document(target.document.id) for target in targets}
            outcome.sought.add_vectors(catalogue, documents)
            works = works_of(catalogue, {one.document.id for one in targets if one.speaker is None})
            Withdrawn(sync.layout).add(
                entry_of(documents[head.id], held_by(catalogue, head), speaker, works.get(head.id, ()))
                for head, speaker in ((target.document, target.speaker) for target in targets)
            )
    return outcome, documents


def _refuse_corrected(corrections: Corrections, targets: Sequence[Target]) -> None:
    """Refuse a speaker whose words are known only by a correction: a new reading of the file would not
    leave them out. Raises BadInput."""
    for target in targets:
        if target.speaker and (count := corrections.naming(target.document.id, target.speaker)):
            raise BadInput(
                f"{target.speaker} speaks in {count} sentence(s) of «{target.document.source.title}» only by a "
                "correction, which a file that is read again does not tell. Put the code into the file and ingest "
                "it, or withdraw the document."
            )


def is_due(layout: Layout) -> bool:
    """Whether the live generation holds what is on the list of what was withdrawn: a withdrawal was cut
    off. Raises IndexDamaged."""
    withdrawn = Withdrawn(layout)
    if not withdrawn.entries or layout.live_name() is None:
        return False
    with closing(Catalogue.open(layout.live() / CATALOGUE)) as catalogue:
        return withdrawn.is_due(catalogue)


def _tell_what_is_left(sync: Sync, outcome: Outcome, documents: dict[str, Document]) -> None:
    with closing(Catalogue.open(sync.layout.live() / CATALOGUE)) as live:
        staying = {head.id for head in live.heads()}
        after = {identity: live.document(identity) if identity in staying else None for identity in documents}
    for identity, document in documents.items():
        outcome.sought.add(document, after[identity])
    for target in outcome.targets:
        left = after[target.document.id]
        if left is not None and target.speaker is not None:
            count = mentions(left, target.speaker)
            outcome.mentions[target.document.source.title, target.speaker] = count


def _with_twins(catalogue: Catalogue, targets: list[Target]) -> list[Target]:
    """The targets, with every other document that has the words of one of them."""
    words = {head.id: words_hash(catalogue.text(head.id)) for head in catalogue.heads()}
    meant = {target.document.id for target in targets}
    twins = [
        replace(target, document=head)
        for target in targets
        for head in catalogue.heads()
        if head.id not in meant and words[head.id] == words[target.document.id]
    ]
    return [*targets, *twins]


def _document(heads: Sequence[DocumentHead], name: str) -> DocumentHead:
    """The document that is called so. Raises NotFound or BadInput."""
    found = documents_called(name, heads, DIGITS)
    if not found:
        raise NotFound(
            f"There is no document and no speaker called {name!r} in the index. `assistant sources` lists documents."
        )
    if len(found) > 1:
        titles = "; ".join(f"«{head.source.title}» ({head.id[:8]})" for head in found[:5])
        raise BadInput(f"{name!r} can mean {len(found)} documents: {titles}. Give one's id.")
    return found[0]


def sought_in_files(sync: Sync, paths: Sequence[Path]) -> Sought:
    """What a proof looks for of files that were withdrawn before, wholly or in part, read and encoded
    anew. Raises NotFound if nothing of one was withdrawn, DocumentRefused if one cannot be read."""
    sync.bring_up()
    withdrawn = Withdrawn(sync.layout)
    sought = Sought()
    for path in paths:
        documents = read_isolated(path, sync.options)
        allowed = {document.id: document for document in withdrawn.kept(str(path.resolve()), documents)}
        gone = [document for document in documents if allowed.get(document.id) != document]
        if not gone:
            raise NotFound(f"Nothing of {path} was withdrawn.")
        for document in gone:
            sought.add(document, allowed.get(document.id))
            for vectors in sync.encode(document).vectors:
                sought.passages.append(vectors.passage.astype(np.float32))
                sought.sentences += [row.astype(np.float16).tobytes() for row in vectors.sentences]
                sought.tokens.append(b"".join(tokens.tobytes() for tokens in vectors.tokens))
    return sought
