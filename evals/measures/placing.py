"""Whether a citation's page, speaker and voice are those that the document gives at its place.

The document is asked anew: its page starts, the speaker and voice that it states of a paragraph, the
interviewees' codes that stand there. What it does not state is not judged, and not taken from the citation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant.framework import Framework
from assistant.labelling import label_sentence
from assistant.notation import PRINTED_CODE
from assistant.records import Answer, Block, BlockKind, Citation, Document, Voice, each_speaker
from assistant.sentences import sentence_spans

CODED = re.compile(rf"\b{PRINTED_CODE}\b")


def right_page(answer: Answer, documents: Mapping[str, Document]) -> float | None:
    """Share of citations with the label of the page on which their quotation begins.

    Judged where the document has pages; a page given for one without pages is wrong.
    """

    def judge(citation: Citation, document: Document) -> float | None:
        page = document.page_at(citation.start)
        if page is None:
            return 0.0 if citation.page else None
        return float(citation.page == page.label)

    return _share(answer, documents, judge)


def right_speaker(answer: Answer, documents: Mapping[str, Document]) -> float | None:
    """Share of citations whose speaker is the one that the document gives there.

    Judged where the paragraph states a speaker, where the citation names one (each of its codes must
    stand in the paragraph), or where it gives an interviewee's coded words without the code.
    """

    def judge(citation: Citation, document: Document) -> float | None:
        block = _block_at(document, citation.end - 1)
        if block is None:
            return 0.0
        if block.speaker:
            return float(citation.speaker == block.speaker)
        words = document.text[block.start : block.end]
        if citation.speaker:
            return float(all(name in words for name in each_speaker(citation.speaker)))
        is_coded = citation.voice is Voice.PARTICIPANT and CODED.search(citation.quote)
        return 0.0 if is_coded else None

    return _share(answer, documents, judge)


def right_voice(answer: Answer, documents: Mapping[str, Document], framework: Framework) -> float | None:
    """Share of citations with the voice of their last sentence in the document.

    The voice that the document states of the paragraph counts; where it states none, what the rules say
    of the sentence there.
    """

    def judge(citation: Citation, document: Document) -> float | None:
        block = _block_at(document, citation.end - 1)
        if block is None:
            return 0.0
        if block.voice is not None:
            return float(citation.voice is block.voice)
        start, end = _last_sentence(document, block, citation)
        return float(citation.voice is label_sentence(document, block, start, end, framework).voice)

    return _share(answer, documents, judge)


def _share(
    answer: Answer,
    documents: Mapping[str, Document],
    judge: Callable[[Citation, Document], float | None],
) -> float | None:
    """Mean over the citations that can be judged; one of a document that is not there is wrong."""
    scores = [
        judge(citation, documents[citation.document]) if citation.document in documents else 0.0
        for claim in answer.claims
        for citation in claim.citations
    ]
    judged = [score for score in scores if score is not None]
    return sum(judged) / len(judged) if judged else None


def _block_at(document: Document, offset: int) -> Block | None:
    return next((block for block in document.blocks if block.start <= offset < block.end), None)


def _last_sentence(document: Document, block: Block, citation: Citation) -> tuple[int, int]:
    """The last sentence of a citation, which gives it its voice; the ones before bring its antecedent."""
    if block.kind is BlockKind.ROW:
        return block.start, block.end
    words = document.text[block.start : block.end]
    spans = [(block.start + start, block.start + end) for start, end in sentence_spans(words)]
    inside = [span for span in spans if span[0] < citation.end]
    start = inside[-1][0] if inside else block.start
    return max(start, citation.start), citation.end
