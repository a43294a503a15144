"""What saved conversations hold of a document or speaker that is withdrawn, out of them again.

Of each turn go the claims that cite what was withdrawn, with all their citations, the passages found in it,
the answer's first lines, which may name it, and questions that hold a run of its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from assistant.conversations.forms import CLAIMS, TOLD, stands_in
from assistant.conversations.store import Saved, Store
from assistant.index.catalogue import Catalogue
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.withdrawn import Withdrawn

# So many words in a row of a withdrawn text in a question are no coincidence.
RUN = 6
WITHDRAWN_WORDS = "(words that were withdrawn)"
WITHDRAWN_MESSAGE = "Part of this answer rested on what has been withdrawn since."
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def forget(layout: Layout, documents: Collection[str] = (), words: Sequence[str] = ()) -> int:
    """Take what was withdrawn out of the saved conversations of an index, of all users; how many turns were
    changed.

    `documents` are ids of those that were withdrawn wholly or in part, beside all on the index's list;
    `words` are pieces of their text. The content is overwritten on the disk. Raises ConversationsUnusable,
    IndexMissing, IndexDamaged.
    """
    store = Store(layout.root, "")
    gone = {*documents, *(entry.document for entry in Withdrawn(layout).entries)}
    if not store.path.exists() or not (gone or words):
        return 0
    runs = {run for piece in words for run, _ in _runs(piece, {RUN})}
    sought = _Sought(frozenset(runs), frozenset(len(run.split()) for run in runs))
    left = _texts(layout, gone)
    return store.change_every(lambda saved: _without(saved, left, sought))


def _texts(layout: Layout, documents: Collection[str]) -> dict[str, str | None]:
    """What is left of the text of documents in the live index; None for one of which nothing is."""
    with closing(Catalogue.open(layout.live() / CATALOGUE)) as catalogue:
        staying = {head.id for head in catalogue.heads()}
        return {one: catalogue.text(one) if one in staying else None for one in documents}


@dataclass(frozen=True, slots=True)
class _Sought:
    """Runs of withdrawn words, and how many words they have."""

    runs: frozenset[str]
    lengths: frozenset[int]

    def spans_in(self, text: str) -> list[tuple[int, int]]:
        """Where runs stand in a text."""
        return [span for run, span in _runs(text, self.lengths) if run in self.runs]


def _without(saved: Saved, left: Mapping[str, str | None], sought: _Sought) -> Saved | None:
    """The turn without what was withdrawn; None if it holds nothing of it."""
    form = saved.form
    kept = {name: form.get(name, []) for name in CLAIMS}
    parts = {
        name: [claim for claim in claims if not _rests_on(claim, left, sought)]
        for name, claims in kept.items()
    }
    # Of a document that is left in part, the passages are read from the index when they are shown.
    evidence = [item for item in form["evidence"] if left.get(item["document"], "") is not None]
    question, standalone = _blanked(saved.question, sought), _blanked(saved.standalone, sought)
    gone = len(form["claims"]) - len(parts["claims"])
    is_shorter = any(len(parts[name]) < len(kept[name]) for name in TOLD)
    tells_of_it = is_shorter or sought.spans_in(form["message"] or "")
    found_it = len(evidence) < len(form["evidence"]) or len(parts["nearest"]) < len(kept["nearest"])
    if not tells_of_it and not found_it and (question, standalone) == (saved.question, saved.standalone):
        return None
    made: dict[str, Any] = {**form, **parts, "evidence": evidence, "forgotten": form["forgotten"] + gone}
    if tells_of_it:
        made["message"] = WITHDRAWN_MESSAGE
    return replace(saved, question=question, standalone=standalone, form=made)


def _rests_on(claim: Mapping[str, Any], left: Mapping[str, str | None], sought: _Sought) -> bool:
    """Whether a claim cites words that are withdrawn, or says a run of them."""
    cites = any(
        citation["document"] in left and not stands_in(citation, left[citation["document"]])
        for citation in claim["citations"]
    )
    told = [claim["text"], claim["condition"], *(citation["section"] for citation in claim["citations"])]
    return cites or any(isinstance(said, str) and sought.spans_in(said) for said in told)


def _blanked(question: str, sought: _Sought) -> str:
    """The question with stretches of withdrawn words replaced."""
    for start, end in _joined(sorted(sought.spans_in(question)))[::-1]:
        question = f"{question[:start]}{WITHDRAWN_WORDS}{question[end:]}"
    return question


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _runs(text: str, lengths: Collection[int]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Runs of so many words in one case, each with where it stands; a shorter text whole. Nothing that has
    fewer than three words or twelve letters."""
    found = list(WORD.finditer(text))
    for length in {min(length, len(found)) for length in lengths}:
        for at in range(len(found) - length + 1):
            run = " ".join(match[0].casefold() for match in found[at : at + length])
            if length >= 3 and len(run) >= 12:
                yield run, (found[at].start(), found[at + length - 1].end())
