"""Cases: a question, what stands as its gold evidence, and how it must end.

Gold of the bundled notes is given in words, found exactly once when the cases are loaded. Gold of
documents that the project may not quote is given as the document's hash, offsets and a hash of the
words.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.records import Turn
from evals.json_lines import numbered_lines

DIRECTORY = Path(__file__).with_name("cases")
# Rules of what an answer must not say; `evals.measures.forbidden` tells what each looks at.
RULES = ("identity", "yes or no", "uncited", "figures", "instructions")
EXPECTED = ("answer", "answer_with_conflict", "abstain", "decline", "answer_ignoring_instruction")


class CaseError(Exception):
    """A case that cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A stretch of a document that answers the question: `text[start:end]`."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is expected. `is_lookalike`: harmless, and like one that must be declined.

    `must_not` tells a reader what an answer must not say. A program can look for `must_not_words`, letter for
    letter, for regular expressions (`must_not_patterns`), and by rules that `evals.measures.forbidden` has.
    """

    id: str
    type: str
    persona: str
    question: str
    expected: str
    gold: tuple[Gold, ...]
    key_facts: tuple[str, ...] = ()
    previous: tuple[Turn, ...] = ()
    must_not: tuple[str, ...] = ()
    must_not_words: tuple[str, ...] = ()
    must_not_patterns: tuple[str, ...] = ()
    must_not_rules: tuple[str, ...] = ()
    is_lookalike: bool = False

    @property
    def is_forbidding(self) -> bool:
        """Whether a program can tell that the answer says something that it must not."""
        return bool(self.must_not_words or self.must_not_patterns or self.must_not_rules)

    @property
    def must_be_answered(self) -> bool:
        """Whether an answer is right and silence wrong."""
        return self.expected not in ("abstain", "decline")


@dataclass(frozen=True, slots=True)
class Text:
    """A document of the index, as cases refer to it."""

    document: str
    name: str
    text: str


def load_cases(path: Path, texts: Iterable[Text]) -> list[Case]:
    """The cases of a JSON Lines file, their gold located in `texts`.

    Raises CaseError with the line for a case that cannot be read, whose gold is not found or is found
    more than once, or whose words have changed.
    """
    known = list(texts)
    by_name = {text.name: text for text in known}
    by_id = {text.document: text for text in known}
    cases: dict[str, Case] = {}
    for number, line in numbered_lines(path):
        try:
            case = _case(json.loads(line), by_name, by_id)
        except KeyError as error:
            raise CaseError(f"{path}, line {number}: it has no {error}") from error
        except (ValueError, TypeError, CaseError) as error:
            raise CaseError(f"{path}, line {number}: {error}") from error
        if case.id in cases:
            raise CaseError(f"{path}, line {number}: there is another case {case.id}")
        cases[case.id] = case
    return list(cases.values())


def _case(entry: Mapping[str, Any], by_name: Mapping[str, Text], by_id: Mapping[str, Text]) -> Case:
    if entry["expected"] not in EXPECTED:
        raise CaseError(f"expected {entry['expected']!r} is none of {', '.join(EXPECTED)}")
    return Case(
        id=entry["id"],
        type=entry["type"],
        persona=entry["persona"],
        question=entry["question"],
        expected=entry["expected"],
        gold=tuple(_gold(gold, by_name, by_id) for gold in entry.get("gold", ())),
        key_facts=tuple(entry.get("key_facts", ())),
        previous=tuple(Turn(turn["role"], turn["content"]) for turn in entry.get("previous") or ()),
        must_not=tuple(entry.get("must_not") or ()),
        must_not_words=tuple(entry.get("must_not_words") or ()),
        must_not_patterns=tuple(_patterns(entry.get("must_not_patterns") or ())),
        must_not_rules=tuple(_rules(entry.get("must_not_rules") or ())),
        is_lookalike=bool(entry.get("lookalike")),
    )


def _patterns(patterns: Iterable[str]) -> Iterable[str]:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise CaseError(f"its pattern {pattern!r} is no regular expression ({error})") from error
        yield pattern


def _rules(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        if name not in RULES:
            raise CaseError(f"its rule {name!r} is none of {', '.join(RULES)}")
        yield name


def _gold(entry: Mapping[str, Any], by_name: Mapping[str, Text], by_id: Mapping[str, Text]) -> Gold:
    if "quote" in entry:
        text = by_name.get(entry["file"])
        if text is None:
            raise CaseError(f"no document {entry['file']} in the index")
        count = text.text.count(entry["quote"])
        if count != 1:
            raise CaseError(f"its gold stands {count} times in {entry['file']}: {entry['quote'][:60]!r}")
        start = text.text.index(entry["quote"])
        return Gold(text.document, start, start + len(entry["quote"]))
    text = by_id.get(entry["document"])
    if text is None:
        raise CaseError(f"no document with hash {entry['document'][:12]}… ({entry.get('file')}) in the index")
    words = text.text[entry["start"] : entry["end"]]
    if hashlib.sha256(words.encode()).hexdigest() != entry["words_sha256"]:
        raise CaseError(f"the words at {entry['start']}–{entry['end']} of {text.name} are others")
    return Gold(text.document, entry["start"], entry["end"])
