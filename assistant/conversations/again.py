"""A saved answer beside the answer of today: what is new, gone or otherwise, and through which document or
setting. The same two answers give the same comparison.

Claims are the same if they rest on the same words, wherever these stand by now: a file that was replaced by
a copy of itself with another paragraph changes no claim of its other paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.conversations.forms import holdings_of, opened, saved_form
from assistant.conversations.store import Saved
from assistant.index import Generation
from assistant.index.generations import Layout
from assistant.index.hashing import exact_hash
from assistant.index.withdrawn import Withdrawn
from assistant.records import Answer, Claim

Form = Mapping[str, Any]
# Fields of a claim whose change is told, with what they are called.
TOLD = {"stance": "side", "support": "support", "basis": "what it rests on"}
FINGERPRINT = {
    "schema": "the form of the index",
    "encoder": "the model that finds by meaning",
    "splitter": "how documents are cut into passages",
    "reader": "how files are read",
    "labeller": "how sentences are labelled",
    "framework": "the framework",
}
PROVENANCE = {
    "program": "the program's version",
    "reader": "the model that reads sentences",
    "model": "the chat model",
    "written_by": "who chose and worded the claims",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that differs: its words, or where they stood, and through what."""

    claim: str
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two answers to one question. `index` and `settings` say what else changed,
    whether or not it changed the answer."""

    status: tuple[str, str]
    same: int
    new: tuple[Change, ...]
    gone: tuple[Change, ...]
    other: tuple[Change, ...]
    index: tuple[str, ...]
    settings: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the answer is the same, claim for claim."""
        return self.status[0] == self.status[1] and not (self.new or self.gone or self.other)


class Documents:
    """How the documents of the index differ from those that it held when an answer was kept."""

    def __init__(self, before: Mapping[str, Sequence[str]] | None, live: Generation, withdrawn: Withdrawn):
        self._live = live
        self._now = holdings_of(live)
        self._before = before if before is not None else self._now
        self._withdrawn = {entry.document for entry in withdrawn.entries if entry.speaker is None}
        self._places = {place: identity for identity, (place, _) in self._now.items()}
        self._places_before = {place for place, _ in self._before.values()}

    def why_new(self, document: str) -> str | None:
        """How a document of today's answer came in since; None if it was there, as it is."""
        title = self._live.heads[document].source.title
        if document not in self._before:
            was_there = self._now[document][0] in self._places_before
            return f"«{title}» was {'changed' if was_there else 'added'}"
        if self._before[document][1] != self._now[document][1]:
            return f"what is known of «{title}» was changed"
        return None

    def why_gone(self, document: str, title: str) -> str | None:
        """How a document of the kept answer went since; None if it is there as it was."""
        if document in self._withdrawn:
            return "what it rested on was withdrawn"
        if document not in self._now:
            place = self._before.get(document, ("",))[0]
            return f"«{title}» was {'changed' if place in self._places else 'removed'}"
        return self.why_new(document)

    def told(self) -> Iterator[str]:
        """How many documents came, went and were changed."""
        moved = {self._now[one][0] for one in self._now.keys() - self._before.keys()} & self._places_before
        added = self._now.keys() - self._before.keys()
        gone = self._before.keys() - self._now.keys()
        altered = [
            one for one in self._now.keys() & self._before.keys() if self._now[one] != self._before[one]
        ]
        withdrawn = gone & self._withdrawn
        for count, what in (
            (len(added) - len(moved), "added"),
            (len(moved) + len(altered), "changed"),
            (len(gone) - len(moved) - len(withdrawn), "removed"),
            (len(withdrawn), "withdrawn"),
        ):
            if count > 0:
                yield f"{count} {'document' if count == 1 else 'documents'} {what}"


def compare(saved: Saved, answer: Answer, live: Generation, layout: Layout) -> Comparison:
    """What changed since an answer was kept. Raises IndexDamaged if the list of what was withdrawn cannot be
    read."""
    documents = Documents(saved.documents, live, Withdrawn(layout))
    index = tuple(documents.told())
    if not index and saved.form["provenance"].get("index") != answer.provenance.get("index"):
        index = ("the index was made anew from the same documents",)
    settings = tuple(_settings(saved.form["provenance"], answer.provenance))
    otherwise = _otherwise(index, settings)
    before, now = (
        list(saved.form["claims"]),
        list(zip(saved_form(answer)["claims"], answer.claims, strict=True)),
    )
    words = _words_of(saved, live)
    pairs, before_left, now_left = _paired(
        [_quotes(form) for form in before], [_quotes(form) for form, _ in now]
    )
    other = [
        Change(_shown(now[new][1].text), why)
        for old, new in pairs
        if (why := "; ".join(_differences(before[old], *now[new], documents, otherwise)))
    ]
    gone = [Change(words[at], _why_gone(before[at], documents) or otherwise) for at in before_left]
    if saved.form["forgotten"]:
        count = saved.form["forgotten"]
        gone.append(
            Change(f"{count} {'claim' if count == 1 else 'claims'}", "what it rested on was withdrawn")
        )
    return Comparison(
        status=(saved.status, answer.status.value),
        same=len(pairs) - len(other),
        new=tuple(
            Change(_shown(now[at][1].text), _why_new(now[at][1], documents) or otherwise) for at in now_left
        ),
        gone=tuple(gone),
        other=tuple(other),
        index=index,
        settings=settings,
    )


def told(comparison: Comparison) -> list[str]:
    """What changed, in lines for a person."""
    status = comparison.status
    lines = []
    if comparison.is_same:
        lines.append(f"The same answer as before, claim for claim ({comparison.same}).")
    else:
        counts = [
            f"{len(changes)} {name}"
            for changes, name in (
                (comparison.new, "new"),
                (comparison.gone, "gone"),
                (comparison.other, "changed"),
            )
            if changes
        ]
        lines.append(f"Not the same answer: {', '.join([*counts, f'{comparison.same} as before'])}.")
    if status[0] != status[1]:
        lines.append(f"It ended as “{_named(status[0])}”, and now as “{_named(status[1])}”.")
    lines += [f"new: {change.claim} — {change.why}" for change in comparison.new]
    lines += [f"gone: {change.claim} — {change.why}" for change in comparison.gone]
    lines += [f"changed: {change.claim} — {change.why}" for change in comparison.other]
    since = [*comparison.index, *comparison.settings]
    lines.append(
        f"Since then: {'; '.join(since)}."
        if since
        else "Since then: the index and the settings are the same."
    )
    return lines


def _paired(
    before: Sequence[frozenset[str]], now: Sequence[frozenset[str]]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Claims that rest on the same words, then those that share some; and what is left on each side."""
    pairs: list[tuple[int, int]] = []
    left = list(range(len(before)))
    for is_partner in (frozenset.__eq__, lambda one, other: bool(one & other)):
        for new in range(len(now)):
            if any(new == paired for _, paired in pairs):
                continue
            old = next((old for old in left if is_partner(before[old], now[new])), None)
            if old is not None:
                pairs.append((old, new))
                left.remove(old)
    taken = {new for _, new in pairs}
    return sorted(pairs, key=lambda pair: pair[1]), left, [new for new in range(len(now)) if new not in taken]


def _differences(
    before: Form, now: Form, claim: Claim, documents: Documents, otherwise: str
) -> Iterator[str]:
    """In what two claims on the same words differ, and through what."""
    old, new = _quotes(before), _quotes(now)
    for kept, citation in zip(now["citations"], claim.citations, strict=True):
        if kept["words"] not in old:
            why = documents.why_new(citation.document) or otherwise
            yield f"cites «{citation.title}» too: {why}"
    for kept in before["citations"]:
        if kept["words"] not in new:
            why = documents.why_gone(kept["document"], kept["title"]) or otherwise
            yield f"does not cite «{kept['title']}» any more: {why}"
    for field, name in TOLD.items():
        if before[field] != now[field]:
            why = _why_new(claim, documents) or otherwise
            yield f"{name}: “{before[field]}”, now “{now[field]}”: {why}"
    if isinstance(before["text"], str) and isinstance(now["text"], str) and before["text"] != now["text"]:
        yield f"worded otherwise (“{_shown(before['text'])}”): {otherwise}"


def _why_new(claim: Claim, documents: Documents) -> str | None:
    reasons = dict.fromkeys(documents.why_new(citation.document) for citation in claim.citations)
    return "; ".join(reason for reason in reasons if reason) or None


def _why_gone(form: Form, documents: Documents) -> str | None:
    reasons = dict.fromkeys(documents.why_gone(kept["document"], kept["title"]) for kept in form["citations"])
    return "; ".join(reason for reason in reasons if reason) or None


def _otherwise(index: Sequence[str], settings: Sequence[str]) -> str:
    """Why an answer may differ where its own documents are as they were."""
    if index:
        return f"its source is as it was; other sentences are found or chosen since the index changed ({'; '.join(index)})"
    if settings:
        return f"its source is as it was; {'; '.join(settings)}"
    return "neither the index nor the settings changed; a chat model may word or choose otherwise each time"


def _settings(before: Form, now: Form) -> Iterator[str]:
    """Settings, models and prompts that are not what they were."""
    if "index" not in before or "index" not in now:
        return
    for key, name in PROVENANCE.items():
        if before.get(key) != now.get(key):
            yield f"{name}: {before.get(key) or 'none'}, now {now.get(key) or 'none'}"
    old, new = before.get("fingerprint", {}), now.get("fingerprint", {})
    for key, name in FINGERPRINT.items():
        if old.get(key) != new.get(key):
            yield f"{name} changed"
    old, new = before.get("prompts", {}), now.get("prompts", {})
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield f"the prompt “{key}” changed"


def _quotes(form: Form) -> frozenset[str]:
    return frozenset(citation["words"] for citation in form["citations"])


def _words_of(saved: Saved, live: Generation) -> list[str]:
    """Words of each claim of a kept answer; of those that no longer stand where they stood, the place."""
    standing = {
        frozenset(exact_hash(citation.quote) for citation in claim.citations): _shown(claim.text)
        for claim in opened(saved, live).answer.claims
    }
    return [standing.get(_quotes(form)) or _place(form) for form in saved.form["claims"]]


def _place(form: Form) -> str:
    if isinstance(form["text"], str):
        return _shown(form["text"])
    first = form["citations"][form["text"]]
    where = ", ".join(part for part in (first["section"], first["page"] and f"p. {first['page']}") if part)
    return f"a claim from «{first['title']}»" + (f", {where}" if where else "")


def _shown(words: str) -> str:
    return " ".join(words.split())


def _named(status: str) -> str:
    return status.replace("_", " ")
