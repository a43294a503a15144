"""Evidence → draft claims worded by a chat model. The only module that imports LangChain's models.

The model is given numbered sentences and may only point at numbers; it never types a quotation. Its
answer is read line by line: what is not a claim with a number that exists is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from assistant.answering.citing import basis_of, cite, gaps_of
from assistant.answering.selection import Candidate
from assistant.errors import ChatModelFailed, SettingsError
from assistant.framework import Framework
from assistant.prompts import Prompt, load_prompt
from assistant.records import Claim, DocumentHead, Stance, Support, Voice
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SENTENCES = 30
# The prompt asks for eight claims; a model that does not stop is not listened to for ever.
MAX_CLAIMS = 12
MAX_CHARACTERS = 16_000
# No claim of 25 words with its numbers is longer; a longer line is not tried as one.
MAX_LINE = 1000
LINE = re.compile(
    r"^(?:\d+[.)] ?)?+(?P<side>[+\-−–*=•])?+ ?+(?P<text>[^\[\]]{8,}?) ?(?P<numbers>(?:\[[\d,; ]+\] ?)+)[. ]*$"
)
NOTHING = re.compile(r"^\W*not in the evidence\b", re.IGNORECASE)
SIDES = {"+": Stance.ENABLER, "-": Stance.BARRIER, "−": Stance.BARRIER, "–": Stance.BARRIER}


class ChatModel(Protocol):
    """A model that completes a prompt."""

    @property
    def name(self) -> str:
        """provider:model, as it is shown and recorded."""

    @property
    def is_remote(self) -> bool:
        """Whether what it is sent leaves the machine."""

    @property
    def prompt_digests(self) -> dict[str, str]:
        """Digest of each prompt that is used with it."""

    def complete(self, prompt: str) -> str:
        """The model's answer. Raises ChatModelFailed."""

    def stream(self, prompt: str) -> Iterator[str]:
        """The model's answer in parts. Raises ChatModelFailed."""


class LangChainModel:
    """Any LangChain chat model behind the `ChatModel` seam."""

    def __init__(self, model: BaseChatModel, name: str, *, is_remote: bool) -> None:
        self._model = model
        self.name = name
        self.is_remote = is_remote
        self.prompt_digests = {"answer": load_prompt("answer").digest}

    def complete(self, prompt: str) -> str:
        """The model's answer as text. Raises ChatModelFailed with the provider's reason."""
        return "".join(self.stream(prompt))

    def stream(self, prompt: str) -> Iterator[str]:
        """The model's answer in parts. Raises ChatModelFailed with the provider's reason."""
        try:
            for part in self._model.stream(prompt):
                yield str(part.text)
        except Exception as error:  # every provider raises its own
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise ChatModelFailed(f"The chat model {self.name} did not answer ({reason}).") from error


def open_chat_model(settings: Settings, *, is_remote: bool) -> LangChainModel:
    """The chat model that the settings name, as `provider:model`.

    Raises SettingsError if the name has no provider or its package is not installed.
    """
    from langchain.chat_models import init_chat_model

    name = settings.model or ""
    if ":" not in name:
        raise SettingsError(
            f"ASSISTANT_MODEL is {name!r}; write provider:model, for example ollama:llama3.2."
        )
    options: dict[str, Any] = {"temperature": 0, "timeout": settings.model_timeout}
    if settings.model_url:
        options["base_url"] = settings.model_url
    try:
        model = init_chat_model(name, **options)
    except ImportError as error:
        raise SettingsError(f"The chat model {name} needs another package: {error}.") from error
    except Exception as error:  # each provider checks its own options
        reason = " ".join(str(error).split()).rstrip(".")
        raise SettingsError(f"The chat model {name} cannot be set up: {reason}.") from error
    return LangChainModel(model, name, is_remote=is_remote)


def draft(
    model: ChatModel,
    question: str,
    candidates: Sequence[Candidate],
    heads: dict[str, DocumentHead],
    framework: Framework,
) -> Iterator[Claim]:
    """Claims that the model words, each as soon as its line is complete, with the sentences that it
    points at.

    At most `MAX_CLAIMS`, none twice. Asked once more if nothing of the first answer can be read.
    Raises ChatModelFailed after that.
    """
    shown = list(candidates[:SENTENCES])
    prompt = _prompt(load_prompt("answer"), question, shown, heads)
    for _ in range(2):
        said: set[str] = set()
        says_nothing = False
        for line in _lines(model.stream(prompt)):
            says_nothing = says_nothing or NOTHING.match(line) is not None
            for stance, text, numbers in parse(line, len(shown)):
                if text.casefold() not in said:
                    said.add(text.casefold())
                    yield _claim(stance, text, numbers, shown, heads, framework)
            if len(said) >= MAX_CLAIMS:
                break
        if said or says_nothing:
            return
    raise ChatModelFailed(f"The chat model {model.name} gave an answer that could not be read.")


def _lines(parts: Iterator[str]) -> Iterator[str]:
    """Whole lines out of a stream of parts, up to `MAX_CHARACTERS` in all."""
    rest, left = "", MAX_CHARACTERS
    for part in parts:
        *whole, rest = (rest + part[:left]).split("\n")
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
        line = " ".join(whole.split())
        match = LINE.match(line) if len(line) <= MAX_LINE else None
        if match is None:
            continue
        numbers = [int(number) for number in re.findall(r"\d+", match["numbers"])]
        real = list(dict.fromkeys(number for number in numbers if 1 <= number <= count))
        if real:
            claims.append((SIDES.get(match["side"] or "", Stance.NEITHER), match["text"].strip(), real))
    return claims


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
    shown: Sequence[Candidate],
    heads: dict[str, DocumentHead],
    framework: Framework,
) -> Claim:
    chosen = [shown[number - 1] for number in numbers]
    labels = chosen[0].sentence.labels
    citations = tuple(cite(c.evidence, c.position, c.position) for c in chosen)
    # A sentence that is copied out says what it says, whichever side the model puts it on.
    copied = next((c.sentence for c in chosen if c.sentence.text == text), None)
    return Claim(
        text=text,
        stance=copied.labels.stance if copied else stance,
        citations=citations,
        support=Support.UNSUPPORTED,
        reason="not checked yet",
        cluster=framework.cluster_name(labels.cluster),
        parameter=framework.parameter_name(labels.parameter),
        basis=basis_of(citations, heads, labels.basis),
        gaps=gaps_of(citations, heads),
    )
