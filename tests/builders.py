"""Small things made in the test: an assistant over a few texts, evidence, candidates and claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.answering.chat_models import ChatModel, open_chat_model
from assistant.answering.selection import Candidate
from assistant.answering.sender import Sender
from assistant.confidentiality.addresses import is_remote
from assistant.confidentiality.ledger import Ledger
from assistant.encoding import Encoder
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import find_files
from assistant.index.sync import Sync
from assistant.pipeline import Assistant
from assistant.records import (
    Citation,
    Claim,
    DocumentHead,
    Evidence,
    Labels,
    Passage,
    Sensitivity,
    Sentence,
    Source,
    Stance,
    Support,
    Voice,
)
from assistant.records.sending import Sending
from assistant.settings import Settings
from tests.chat_servers import ChatServer
from tests.fakes import FakeEncoder, FakeLimits


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Text files by name in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def index_over(root: Path, encoder: Encoder, files: Mapping[str, str]) -> Index:
    """An index below `root` of files that are written beside it."""
    folder = write_files(root / "files", files)
    Sync(root / "index", encoder, load_framework()).run(find_files([folder])[0])
    return Index(root / "index", encoder.fingerprint)


def assistant_over(
    root: Path, encoder: Encoder, files: Mapping[str, str], chat_model: ChatModel | None = None
) -> Assistant:
    """An assistant over files that are written below `root`."""
    return Assistant(index_over(root, encoder, files), encoder, load_framework(), chat_model)


def with_model(assistant: Assistant, encoder: Encoder, chat_model: ChatModel) -> Assistant:
    """The same index, answered from with a chat model."""
    return Assistant(assistant.index, encoder, load_framework(), chat_model)


def ledger_of(small: Assistant) -> Ledger:
    """The ledger beside its index."""
    return Ledger.beside(small.index.layout.root)


def with_server(small: Assistant, server: ChatServer, *, declared_remote: bool) -> Assistant:
    """As `open_assistant` wires it, over the small evidence base."""
    settings = Settings(model=server.model, model_url=server.url, model_is_remote=declared_remote)
    remote = settings.model_is_remote or is_remote(server.model, server.url)
    model = open_chat_model(settings, is_remote=remote)
    return Assistant(small.index, FakeEncoder(), load_framework(), model)


def sender_to(
    model: ChatModel, record: Callable[[Sending], None] = lambda _: None, closed: Sequence[str] = ()
) -> Sender:
    """The way to a chat model, with words that may not leave."""
    return Sender(model, FakeLimits(*closed), record)


def head(name: str = "doc", **source: object) -> DocumentHead:
    """A public document's entry; its id is its name."""
    fields = {"title": f"About {name}", **source}
    return DocumentHead(name, f"{name}.md", f"/files/{name}.md", Source(**fields), Sensitivity.PUBLIC)  # type: ignore[arg-type]


def passage(document: str, *sentences: Sentence | str, start: int = 0) -> Passage:
    """A passage of sentences with a space between; strings become sentences of the authors."""
    made: list[Sentence] = []
    at = start
    for one in sentences:
        words = one if isinstance(one, str) else one.text
        given = Sentence(0, 0, words, Voice.AUTHORS) if isinstance(one, str) else one
        made.append(
            Sentence(at, at + len(words), words, given.voice, given.speaker, given.section, given.labels)
        )
        at += len(words) + 1
    text = " ".join(sentence.text for sentence in made)
    return Passage(f"{document}-{start}", document, start, start + len(text), text, (), tuple(made))


def said(
    words: str,
    stance: Stance = Stance.NEITHER,
    voice: Voice = Voice.AUTHORS,
    speaker: str | None = None,
    **labels: str,
) -> Sentence:
    """A labelled sentence; `passage` gives it its place."""
    return Sentence(0, 0, words, voice, speaker, labels=Labels(stance, **labels))


def evidence(made: Passage, of: DocumentHead | None = None, rank: int = 1, fused: float = 1.0) -> Evidence:
    """A passage as it is found."""
    return Evidence(rank, made, of or head(made.document), {"fused": fused}, "both")


def candidate(item: Evidence, position: int = 0, relevance: float = 0.8) -> Candidate:
    """A sentence of found evidence that may be chosen."""
    sentence = item.passage.sentences[position]
    return Candidate(item, sentence, position, np.ones(4, dtype=np.float32) / 2, relevance, 0.5, 0.5)


def citation(
    quote: str,
    document: str = "doc",
    start: int = 0,
    voice: Voice = Voice.AUTHORS,
    speaker: str | None = None,
    **more: object,
) -> Citation:
    """A citation of `quote` as it would stand at `start` of a document."""
    return Citation(
        document=document,
        title=f"About {document}",
        passage=f"{document}-{start}",
        start=start,
        end=start + len(quote),
        quote=quote,
        section=None,
        page=None,
        speaker=speaker,
        voice=voice,
        **{"study_group": document, **more},  # type: ignore[arg-type]
    )


def claim(
    text: str,
    citations: Sequence[Citation] = (),
    stance: Stance = Stance.NEITHER,
    support: Support = Support.SUPPORTED,
    parameter: str | None = None,
) -> Claim:
    """A claim with its citations."""
    return Claim(text, stance, tuple(citations), support, "", parameter=parameter, basis="one study")
