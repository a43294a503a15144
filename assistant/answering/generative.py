"""Evidence → draft claims worded by a chat model.

The model is given numbered sentences and may only point at numbers; it never types a quotation. Its
answer is read line by line: what is not a claim with a number that exists is left out.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from assistant.answering.citing import basis_of, cite, gaps_of
from assistant.answering.selection import Candidate
from assistant.answering.sender import Sender
from assistant.errors import ChatModelFailed
from assistant.framework import Framework
from assistant.prompts import Prompt, load_prompt
from assistant.records import Claim, DocumentHead, Stance, Support, Voice

AGAIN = "answer-again"
SENTENCES = 30
# Requests for one answer, and for how many seconds a server may ask to wait before the second.
REQUESTS = 2
LONGEST_WAIT = 5.0
# The prompt asks for eight claims; a model that does not stop is not listened to for ever.
MAX_CLAIMS = 12
MAX_CHARACTERS = 16_000
# No claim of 25 words with its numbers is longer; a longer line is not tried as one.
MAX_LINE = 1000
LINE = re.compile(
    r"^(?:\d+[.)] ?)?+(?P<side>[+\-−–*=•])?+ ?+(?P<text>[^\[\]]{8,}?) ?"
    r"(?P<numbers>(?:\[(?:sentences? )? ?\d[\d,;–\- ]*\] ?)+)[. ]*$",
    re.IGNORECASE,
)
SPAN = re.compile(r"(?P<first>\d+)(?: ?[-–] ?(?P<last>\d+))?")
# Marks of bold or slanted type round a side or a claim.
TYPE = re.compile(r"\*\*|__|`")
NOTHING = re.compile(r"^\W*not in the evidence\W*$", re.IGNORECASE)
SIDES = {"+": Stance.ENABLER, "-": Stance.BARRIER, "−": Stance.BARRIER, "–": Stance.BARRIER}


def draft(
    sender: Sender,
    question: str,
    candidates: Sequence[Candidate],
    heads: dict[str, DocumentHead],
    framework: Framework,
    bears_out: Callable[[Claim], bool],
) -> Iterator[Claim]:
    """Claims that the model words, each as soon as its line is complete, with the sentences that it
    points at: where some of these bear the claim out alone (`bears_out`), with these only.

    At most `MAX_CLAIMS`, none twice. Asked once more, with what was wrong, if nothing of the first answer can be
    read; asked the same if the
    server is busy and says that it will be soon.
    Raises ChatModelFailed after that, and MayNotLeave if it may not be asked.
    """
    shown = list(candidates[:SENTENCES])
    passages = tuple(dict.fromkeys(candidate.evidence.passage.id for candidate in shown))
    prompt = _prompt(load_prompt("answer"), question, shown, heads)
    claimed = partial(_claim, shown=shown, heads=heads, framework=framework)
    # What a model repeats of its own prompt is no claim, whatever it points at.
    rules = _flat(load_prompt("answer").fill(question=question, sentences=""))
    for request in range(1, REQUESTS + 1):
        said: set[str] = set()
        says_nothing = False
        try:
            for line in _lines(sender.send(prompt, question, passages, len(shown))):
                says_nothing = says_nothing or NOTHING.match(line) is not None
                for stance, text, numbers in parse(line, len(shown)):
                    if text.casefold() not in said and _flat(text) not in rules:
                        said.add(text.casefold())
                        alone = [n for n in numbers if bears_out(claimed(stance, text, [n]))]
                        yield claimed(stance, text, alone or numbers)
                if len(said) >= MAX_CLAIMS:
                    break
        except ChatModelFailed as failed:
            wait = failed.again_after
            if said or request == REQUESTS or wait is None or wait > LONGEST_WAIT:
                raise
            time.sleep(wait)
            continue
        if said or says_nothing:
            return
        # A model that is asked the same says the same.
        prompt = f"{prompt}\n\n{load_prompt(AGAIN).fill()}"
    raise ChatModelFailed(f"The chat model {sender.name} gave an answer that could not be read.")


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def _lines(parts: Iterator[str]) -> Iterator[str]:
    """Whole lines out of a stream of parts, up to `MAX_CHARACTERS` in all."""
    rest, left = "", MAX_CHARACTERS
    for part in parts:
        # Half a character cannot be written or compared.
        readable = part[:left].encode("utf-8", "replace").decode("utf-8")
        *whole, rest = (rest + readable).split("\n")
        yield from whole
        left -= len(part)
        if left <= 0:
            return
    if rest:
        yield rest


def parse(text: str, count: int) -> list[tuple[Stance, str, list[int]]]:
    """(stance, claim, sentence numbers from 1) for each line that is a claim; numbers above `count`
    do not exist and are left out, and so is a claim with none left."""
    claims = []
    for whole in text.splitlines():
        line = " ".join(TYPE.sub("", whole).split())
        match = LINE.match(line) if len(line) <= MAX_LINE else None
        if match is None:
            continue
        spans = SPAN.finditer(match["numbers"])
        real = list(dict.fromkeys(number for span in spans for number in _numbers(span, count)))
        if real:
            claims.append((SIDES.get(match["side"] or "", Stance.NEITHER), match["text"].strip(), real))
    return claims


def _numbers(span: re.Match[str], count: int) -> range:
    """The numbers from a first to a last that exist."""
    first = int(span["first"])
    return range(max(first, 1), min(int(span["last"] or first), count) + 1)


def _prompt(prompt: Prompt, question: str, shown: Sequence[Candidate], heads: dict[str, DocumentHead]) -> str:
    lines = []
    for number, candidate in enumerate(shown, 1):
        sentence = candidate.sentence
        source = heads[candidate.evidence.document.id].source
        who = (
            f"interviewee {sentence.speaker or ''}".strip()
            if sentence.voice is Voice.PARTICIPANT
            else "authors"
        )
        quoted = " ".join(sentence.text.split())
        lines.append(f"[{number}] ({who}; {source.year or 'no year'}) «{quoted}»")
    return prompt.fill(question=question, sentences="\n".join(lines))


def _claim(
    stance: Stance,
    text: str,
    numbers: Sequence[int],
    *,
    shown: Sequence[Candidate],
    heads: dict[str, DocumentHead],
    framework: Framework,
) -> Claim:
    chosen = [shown[number - 1] for number in numbers]
    labels = chosen[0].sentence.labels
    citations = tuple(cite(c.evidence, c.position, c.position) for c in chosen)
    # A sentence that is copied out says what it says, whichever side the model puts it on; and where none of the
    # sentences takes a side, the claim takes none.
    copied = next((c.sentence for c in chosen if c.sentence.text == text), None)
    takes_a_side = any(c.sentence.labels.stance is not Stance.NEITHER for c in chosen)
    side = stance if takes_a_side else Stance.NEITHER
    return Claim(
        text=text,
        stance=copied.labels.stance if copied else side,
        citations=citations,
        support=Support.UNSUPPORTED,
        reason="not checked yet",
        cluster=framework.cluster_name(labels.cluster),
        parameter=framework.parameter_name(labels.parameter),
        basis=basis_of(citations, heads, labels.basis),
        gaps=gaps_of(citations, heads),
    )
