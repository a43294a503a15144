"""Whether speakers stand under codes or under their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import DocumentRefused
from assistant.records import Document, Sensitivity

# What a lower-case word after the first one tells to be somebody's role: "Project lead", "Head of service".
POSTS = (
    "adviser|advisor|assistant|carer|chair|clinician|coach|commissioner|coordinator|councillor|director|evaluator|facilitator"
    "|handler|head|host|inspector|interviewee|interviewer|lead|leader|lecturer|manager|member|mentor|minister|moderator|nurse"
    "|officer|official|parent|practitioner|presenter|researcher|resident|speaker|supervisor|teacher|therapist"
    "|trainer|trustee|user|volunteer|witness|worker"
)
# "P4", "INT", "Q", "KD", "FG 2", "SW-3", "12a": a few capitals, a number, or both.
CODE = re.compile(r"^(?:[A-Z]{1,3})?[ .-]?(?:\d{1,4}[a-z]?)?$")
ROLES = frozenset(
    """
    interviewer interviewee interviewers interviewees participant participants respondent respondents informant speaker speakers moderator facilitator researcher
    researchers host chair narrator presenter announcer audience member members question answer unknown unidentified all
    several everyone voice voices person people male female man woman manager director leader lead
    head deputy senior junior assistant officer worker workers social care support family youth community
    health nurse doctor teacher trainer trainee student parent carer mother father mum dad child
    young practitioner commissioner coordinator volunteer client patient user service staff team group focus policy
    maker academic funder partner project board council adviser advisor handler official councillor lecturer coach
    evaluator witness minister panel therapist clinician supervisor mentor trustee inspector resident a an the of and for to in one two
    three first second third other another
    """.split()  # noqa: SIM905 - read as words
)


def is_code(speaker: str) -> bool:
    """Whether a speaker is called by a code or a role, and not by a name."""
    if CODE.match(speaker):
        return True
    words = re.findall(r"[^\W\d_]+", speaker)
    if not words:
        return False
    # "Reablement manager": whatever comes first, no name goes on with a post in lower case.
    first, *rest = words
    is_post = bool(rest) and all(word.islower() and word in ROLES for word in rest)
    return (is_post or first.casefold() in ROLES) and all(word.casefold() in ROLES for word in rest)


def named_speakers(document: Document) -> set[str]:
    """The speakers of a document who stand under their names."""
    return {block.speaker for block in document.blocks if block.speaker and not is_code(block.speaker)}


def refuse_names(path: Path, documents: Iterable[Document]) -> None:
    """Raises DocumentRefused for interviews whose speakers stand under their names; it does not tell them."""
    named = [document for document in documents if must_be_pseudonymised(document)]
    if named:
        count = len(set().union(*map(named_speakers, named)))
        raise DocumentRefused(
            path,
            f"an interview in which {count} speaker(s) stand under their names",
            "write codes for them: assistant pseudonymise FILE --map MAP.toml; or take it as it is: --keep-names",
        )


def must_be_pseudonymised(document: Document) -> bool:
    """Whether it is an interview that gives its speakers' names: a transcript that is neither published,
    nor declared public, or a part of one that is closed."""
    if not document.is_transcript:
        return False
    if document.source.link is None and document.sensitivity is not Sensitivity.PUBLIC:
        return bool(named_speakers(document))
    return any(
        block.speaker and not is_code(block.speaker)
        for block in document.blocks
        if block.sensitivity not in (None, Sensitivity.PUBLIC)
    )
