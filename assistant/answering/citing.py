"""Sentences → citations and words about them. Every quotation is a slice of the document's text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.labelling.voice import (
    are_codes,
    cites,
    quotes_another,
    quotes_interviewees,
    tells_of_own_work,
)
from assistant.messages import counted_sources, listed
from assistant.records import (
    Citation,
    Claim,
    DocumentHead,
    Evidence,
    Extent,
    Passage,
    Sentence,
    Support,
    Voice,
    each_speaker,
)

# How a hole in one section begins, as `assistant.reading.gaps` words it.
OF_A_SECTION = re.compile(r"section “(.+)”")

SPEAKER, NEWS, OWN_ACCOUNT = "one speaker", "news report", "the programme's own account"
TRIAL, REVIEW, CITED = "one trial", "a review of studies", "work that the authors cite"
# Words about a source by words of its kind, the first that fits.
STANDINGS = {
    words: re.compile(rf"\b(?:{named})\b", re.IGNORECASE)
    for words, named in (
        ("opinion", "opinion|editorial|essay|commentary"),
        (OWN_ACCOUNT, "programme account|own|newsletter"),
        (NEWS, "news|press"),
        (SPEAKER, "talk|speech|lecture"),
        (TRIAL, "trial(?! protocol)"),
        (REVIEW, "(?<!peer )(?<!book )reviews?"),
    )
}
# What retells throughout, and cites no work where it names none.
RETOLD = (NEWS, OWN_ACCOUNT)
INTERVIEWEE, INTERVIEWEES = "one interviewee", "interviewees"
FROM_BOTH = "the authors, from literature and interviews"
WITH_WORKS = "the authors, with works that they cite"
# Of what a finding rests on, what the words for who says it tell already.
TOLD_BY = {
    words: re.compile(told, re.IGNORECASE)
    for words, told in (
        (TRIAL, r"(?:randomi[sz]ed )?trial"),
        *((words, r"literature|reviews?") for words in (REVIEW, CITED, WITH_WORKS)),
        *((words, r"interviews?(?: mostly)?") for words in (INTERVIEWEE, INTERVIEWEES)),
        (FROM_BOTH, r"(?:(?:literature|interviews|mostly|and)\W*)+"),
    )
}
# A thing that can be counted, named without an article ("interviews and survey").
ONE_METHOD = re.compile(
    r"(?:^|(?<= and )|(?<=, ))(?!(?:an?|one|the) )"
    r"(?=(?:[\w-]+ )?(?:trial|survey|case study|focus group|questionnaire|review)\b)",
    re.IGNORECASE,
)
INTERVIEWS = re.compile(r"\b(?:interview\w*|focus groups?|qualitative)\b", re.IGNORECASE)


def cite(evidence: Evidence, first: int, last: int, chosen: int | None = None) -> Citation:
    """The citation of sentences `first`..`last` (inclusive) of a passage.

    Speaker, voice and stance are those of the sentence `chosen`, by default the last: the others bring its
    antecedent, or go on with it.
    """
    passage = evidence.passage
    sentence = passage.sentences[last if chosen is None else chosen]
    start, end = passage.sentences[first].start, passage.sentences[last].end
    head = evidence.document
    return Citation(
        document=head.id,
        title=head.source.title,
        passage=passage.id,
        start=start,
        end=end,
        quote=passage.text[start - passage.start : end - passage.start],
        section=section_of(passage, sentence),
        page=passage.page,
        speaker=sentence.speaker,
        voice=sentence.voice,
        file=head.name,
        is_note=head.source.is_note,
        study_group=head.study_group,
        link=head.source.link,
        time=passage.time,
        stance=sentence.labels.stance,
    )


def quoting(
    evidence: Evidence, position: int, heads: dict[str, DocumentHead], first: int | None = None
) -> Claim:
    """A claim that is one sentence of a passage in its source's words, with those before it from `first` on."""
    citations = (cite(evidence, position if first is None else first, position),)
    labels = evidence.passage.sentences[position].labels
    return Claim(
        text=citations[0].quote,
        stance=labels.stance,
        citations=citations,
        support=Support.SUPPORTED,
        reason="the source's own words",
        condition=labels.condition,
        basis=basis_of(citations, heads, labels.basis),
        gaps=gaps_of(citations, heads),
    )


def section_of(passage: Passage, sentence: Sentence) -> str | None:
    """Section in the original: what a note states, else the innermost heading."""
    if sentence.section:
        return sentence.section
    return passage.section[-1] if passage.section else None


def basis_of(citations: Sequence[Citation], heads: dict[str, DocumentHead], stated: str | None) -> str:
    """What a claim rests on, in words, worked out from metadata; no appraisal. `stated` is what a note says that its
    finding rests on."""
    if len({citation.study_group for citation in citations}) > 1:
        return counted_sources(citations, heads)
    head = heads[citations[0].document]
    return ", ".join([_resting_on(stated, voice_in_words(citations[0], head)), *_about(head)])


def gaps_of(citations: Sequence[Citation], heads: dict[str, DocumentHead]) -> tuple[str, ...]:
    """Known holes of the cited documents that touch what is cited, those of the cited section first.

    Left out are holes of other sections, a missing reference list where no cited work is quoted, and
    those of a note that was made from an abstract or a part: its basis says that already.
    """
    touching: dict[str, bool] = {}
    for citation in citations:
        source = heads[citation.document].source
        if source.is_note and source.read in (Extent.ABSTRACT, Extent.PART):
            continue
        for gap in source.gaps:
            section = OF_A_SECTION.match(gap)
            if section and section[1] != citation.section:
                continue
            if "list of references" in gap and citation.voice is not Voice.CITED:
                continue
            touching[gap] = touching.get(gap, False) or section is not None
    return tuple(sorted(touching, key=lambda gap: not touching[gap]))


def voice_in_words(citation: Citation, head: DocumentHead) -> str:
    """Whose words these are: "one interviewee (P13)", "the authors, quoting P13", "work that the authors cite"."""
    if citation.voice is Voice.PARTICIPANT:
        return _participant_in_words(citation, head)
    standing = _standing_of(head)
    if citation.voice is Voice.CITED and (cites(citation.quote) or standing not in RETOLD):
        if are_codes(citation.speaker) and (quotes_interviewees(citation.quote) or _has_interviews(head)):
            return f"{FROM_BOTH} ({citation.speaker})"
        return WITH_WORKS if tells_of_own_work(citation.quote) else CITED
    if standing == SPEAKER and len(head.source.authors) == 1:
        return f"{SPEAKER} ({head.source.authors[0]})"
    return standing


def _resting_on(stated: str | None, who: str) -> str:
    """Who says a thing, and what it rests on where that is stated and not told yet. Neither a review of studies nor
    a cited work has interviews: where a finding rests on them, it is the authors'."""
    if not stated or any(who.startswith(words) and told.fullmatch(stated) for words, told in TOLD_BY.items()):
        return who
    if who in (REVIEW, CITED) and INTERVIEWS.search(stated):
        who = "the authors"
    return f"{who}, from {ONE_METHOD.sub('a ', stated)}"


def _participant_in_words(citation: Citation, head: DocumentHead) -> str:
    speaker = citation.speaker
    if are_codes(speaker):
        if quotes_interviewees(citation.quote):
            return f"the authors, quoting {listed(each_speaker(speaker))}"
        return f"{INTERVIEWEES if ', ' in str(speaker) else INTERVIEWEE} ({speaker})"
    if head.is_transcript or _standing_of(head) == SPEAKER:
        said = ", quoting somebody" if quotes_another(citation.quote) else ""
        return f"{SPEAKER} ({speaker}){said}" if speaker else f"a speaker{said}"
    if speaker:
        return f"quoted: {speaker}"
    return INTERVIEWEE if _has_interviews(head) else "somebody who is quoted"


def _standing_of(head: DocumentHead) -> str:
    """What kind of source it is, in words."""
    kind = head.source.kind or ""
    return next(
        (words for words, named in STANDINGS.items() if named.search(kind)), "the authors of one source"
    )


def _has_interviews(head: DocumentHead) -> bool:
    source = head.source
    return bool(INTERVIEWS.search(f"{source.kind} {source.method} {source.title}"))


def _about(head: DocumentHead) -> list[str]:
    source = head.source
    facts = [str(source.year or ""), " and ".join(source.country[:2]), " and ".join(source.sector[:2])]
    if source.read is Extent.ABSTRACT:
        facts.append("abstract only")
    elif source.read is Extent.PART:
        facts.append("read in part")
    if source.is_note:
        facts.append("as told in our note")
    return [fact for fact in facts if fact]
