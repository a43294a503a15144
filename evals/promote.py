"""Feedback → cases, after review.

Each line of FEEDBACK.jsonl is a verdict on a claim: {question, previous, verdict, claim, citations, comment}.
`verdict` is supports, partly, overstated or "does not"; `claim` is its words; `citations` are in the form of
`assistant ask --json`. A line without a claim is a user's word on the whole answer: helpful or "not helpful",
with all that it cites. Drafts are written beside the cases, with null for what a person must fill in;
`--accept ID` moves a draft that is complete into the cases.

With `--corrections INDEX` the labels that researchers corrected in an index become drafts of marks, for
`--cases evals/labels/sentences.jsonl`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.settings import load_settings
from evals import corrections
from evals.cases import CaseError, Text, load_cases
from evals.json_lines import entries_in, numbered_lines
from evals.library import texts_of
from evals.marks import MarkError, load_sentences
from evals.run import build, index_name

VERDICTS = ("supports", "partly", "overstated", "does not")
# What a user says of a whole answer.
ON_AN_ANSWER = ("helpful", "not helpful")
# Fields of a draft that are for its reviewer and do not go into the case.
FOR_REVIEW = ("missing", "feedback")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("feedback", type=Path, nargs="?", metavar="FEEDBACK.jsonl", help="verdicts on claims")
    parser.add_argument("--corrections", type=Path, metavar="INDEX", help="an index with corrected labels")
    parser.add_argument("--cases", type=Path, required=True, help="the cases that drafts are meant for")
    parser.add_argument("--accept", metavar="ID", help="move this draft into the cases")
    parser.add_argument(
        "--documents",
        type=Path,
        action="append",
        help="files or folders that cases speak of, beside the notes",
    )
    parser.add_argument("--index", type=Path, help="where the evals keep their index")


def run(options: argparse.Namespace) -> int:
    """Write drafts, or accept one. Raises CaseError for feedback or a draft that cannot be used."""
    given = [options.feedback, options.corrections, options.accept]
    if sum(one is not None for one in given) != 1:
        raise CaseError(
            "give a file of feedback or --corrections to make drafts of, or --accept with a draft's id"
        )
    if options.accept:
        accept(options.cases, options.accept, lambda: _texts(options))
        print(f"{options.accept} is now a case of {options.cases}")
        return 0
    drafts = (
        write_new(options.cases, corrections.drafts_of(options.corrections))
        if options.corrections
        else write_drafts(options.feedback, options.cases)
    )
    print(f"{len(drafts)} drafts in {drafts_path(options.cases)}")
    for draft in drafts:
        about = draft["question"][:70] if "question" in draft else f"{draft['file']}, {draft['start']}"
        print(f"  {draft['id']}: {about}  (to fill in: {', '.join(draft['missing'])})")
    return 0


def drafts_path(cases: Path) -> Path:
    """Where the drafts for a cases file lie."""
    return cases.with_suffix(".drafts.jsonl")


def write_drafts(feedback: Path, cases: Path) -> list[dict[str, Any]]:
    """Write a draft for each line of feedback that is no case yet.

    Raises CaseError for a line that cannot be read, or if drafts are there already: they may hold a
    person's work and are not overwritten.
    """
    drafts = []
    for number, line in numbered_lines(feedback):
        try:
            drafts.append(draft_of(json.loads(line)))
        except KeyError as error:
            raise CaseError(f"{feedback}, line {number}: it has no {error}") from error
        except (ValueError, TypeError, AttributeError, CaseError) as error:
            raise CaseError(f"{feedback}, line {number}: {error}") from error
    return write_new(cases, drafts)


def write_new(cases: Path, drafts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write those drafts that are no cases yet. Raises CaseError if drafts are there already."""
    path = drafts_path(cases)
    if path.exists():
        raise CaseError(f"{path} is there already: accept its drafts, or move it away")
    known = {str(entry["id"]) for entry in _entries(cases)} if cases.exists() else set()
    by_id: dict[str, dict[str, Any]] = {}
    for draft in drafts:
        by_id.setdefault(draft["id"], draft)
    new = [draft for identity, draft in by_id.items() if identity not in known]
    if new:
        _write(path, new)
    return new


def draft_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The draft case of one verdict. What a program cannot know is null and named in `missing`.

    A claim that its citations bear out gives gold. One that they do not gives what an answer must not say;
    which passages do answer is for a person to find. Raises KeyError, ValueError or CaseError.
    """
    question, verdict = entry["question"], entry["verdict"]
    claim = "" if verdict in ON_AN_ANSWER else entry["claim"]
    if not isinstance(question, str) or not question.strip():
        raise CaseError("its question is empty")
    if verdict not in (*VERDICTS, *ON_AN_ANSWER):
        raise CaseError(f"verdict {verdict!r} is none of {', '.join((*VERDICTS, *ON_AN_ANSWER))}")
    citations = list(entry["citations"])
    is_borne_out = verdict in ("supports", "partly", "helpful")
    draft: dict[str, Any] = {
        "id": "fb-" + hashlib.sha256(f"{question}\0{claim}\0{verdict}".encode()).hexdigest()[:10],
        "type": None,
        "persona": None,
        "question": question,
        "expected": "answer" if is_borne_out else None,
        "gold": [_gold(citation) for citation in citations] if is_borne_out else None,
        "key_facts": None,
        "previous": [
            {"role": turn["role"], "content": turn["content"]} for turn in entry.get("previous") or ()
        ],
        "must_not": [] if is_borne_out else _must_not(claim, citations),
        "why": entry.get("comment") or "",
    }
    return {**draft, "missing": missing_of(draft), "feedback": {"verdict": verdict, "claim": claim}}


def missing_of(draft: Mapping[str, Any]) -> list[str]:
    """The fields that a person must fill in."""
    return [key for key, value in draft.items() if value is None and key not in FOR_REVIEW]


def accept(cases: Path, identity: str, texts: Callable[[], Sequence[Text]]) -> None:
    """Move a draft into the cases, which must load with it, against `texts` unless they are marks.

    Raises CaseError if there is no such draft, something is missing still, or the case cannot be used; both
    files are then as they were.
    """
    path = drafts_path(cases)
    drafts = _entries(path) if path.exists() else []
    draft = next((entry for entry in drafts if entry.get("id") == identity), None)
    if draft is None:
        raise CaseError(f"there is no draft {identity} in {path}")
    is_mark = corrections.is_draft_of_marks(draft)
    missing = corrections.missing_of(draft) if is_mark else missing_of(draft)
    if missing:
        raise CaseError(f"draft {identity} lacks {', '.join(missing)}: fill them in in {path}")
    case = {key: value for key, value in draft.items() if key not in FOR_REVIEW}
    before = cases.read_text(encoding="utf-8").rstrip("\n") if cases.exists() else ""
    trial = cases.with_suffix(".accepting")
    try:
        trial.write_text((before + "\n" if before else "") + _line(case) + "\n", encoding="utf-8")
        _load(trial, texts, is_mark=is_mark)
        trial.replace(cases)
    finally:
        trial.unlink(missing_ok=True)
    rest = [entry for entry in drafts if entry is not draft]
    if rest:
        _write(path, rest)
    else:
        path.unlink()


def _load(path: Path, texts: Callable[[], Sequence[Text]], *, is_mark: bool) -> None:
    if not is_mark:
        load_cases(path, texts())
        return
    try:
        load_sentences(path)
    except MarkError as error:
        raise CaseError(str(error)) from error


def _must_not(claim: str, citations: Iterable[Mapping[str, Any]]) -> list[str] | None:
    """The claim as what must not be said; a quotation of a document is for a person to put into words, and so is
    what was wrong with an answer of which no claim is named."""
    is_quotation = any(claim == citation["quote"] and not citation.get("is_note") for citation in citations)
    return None if is_quotation or not claim else [f"the claim: {claim}"]


def _gold(citation: Mapping[str, Any]) -> dict[str, Any]:
    """A citation as gold: in words from a note, which is ours, else by place and hash."""
    if citation.get("is_note"):
        return {"file": citation["file"], "quote": citation["quote"]}
    return {
        "file": citation["file"],
        "document": citation["document"],
        "start": citation["start"],
        "end": citation["end"],
        "words_sha256": hashlib.sha256(citation["quote"].encode()).hexdigest(),
    }


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        return entries_in(path)
    except ValueError as error:
        raise CaseError(f"{path}: {error}") from error


def _write(path: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(_line(entry) + "\n" for entry in entries), encoding="utf-8")


def _line(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False)


def _texts(options: argparse.Namespace) -> list[Text]:
    settings = load_settings()
    documents = options.documents or []
    index = options.index or settings.cache / "evals" / index_name(documents)
    return texts_of(build(index, settings.cache, documents).index.live())
