"""The encoder that the settings name: the packaged one, or any sentence-transformers model in a folder.

What another brings: evals/decisions/encoders.md.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.encoding import Encoder, PassageVectors, QueryTokens, Spans, Tokens, Vectors, unit
from assistant.encoding.late_interaction import content_tokens, rounded
from assistant.encoding.minilm import MiniLM
from assistant.encoding.torch_model import load_sentence_transformer
from assistant.encoding.weights import file_digest
from assistant.errors import EncoderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Prompts that models have for what is searched, the first that there is: as sentence-transformers picks.
DOCUMENT_PROMPTS = ("document", "passage", "corpus")
QUERY_PROMPTS = ("query",)
# Tokens of a text that are read by a model that would read any number of them.
MOST = 8192
# With fewer tokens a passage has no room beside its title and headings.
LEAST = 128
BATCH = 32
# Texts whose tokens are held in memory at once before they are narrowed.
AT_ONCE = 256


def open_encoder(directory: Path | None) -> Encoder:
    """The packaged encoder, or the model in a folder. Raises EncoderUnavailable."""
    return MiniLM() if directory is None else ConfiguredEncoder(directory)


class ConfiguredEncoder:
    """A sentence-transformers model in a folder, with its own prompts, length and pooling.

    Loaded when first needed; safe to share by threads. Raises EncoderUnavailable for a folder without a
    model, and where a model that cannot serve is first used.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._loaded: SentenceTransformer | None = None
        self._last: tuple[str, tuple[Vectors, Tokens]] | None = None
        if not any((directory / name).is_file() for name in ("modules.json", "config.json")):
            raise EncoderUnavailable(
                f"{directory} holds no sentence-transformers model (neither modules.json nor config.json). "
                "Correct the setting `encoder`, or leave it out for the encoder that comes with the program."
            )

    @cached_property
    def fingerprint(self) -> str:
        """The folder's name and a digest of all in it that the model is made of."""
        return f"{self._directory.name}:{folder_digest(self._directory)[:12]}"

    @cached_property
    def limit(self) -> int:
        """Most tokens of a text that are read beside the model's document prompt."""
        model = self._model()
        # A model of word vectors gives infinity.
        length = int(min(model.max_seq_length or MOST, MOST))
        limit = length - len(self.spans(self._prompt(DOCUMENT_PROMPTS)))
        if limit < LEAST:
            raise EncoderUnavailable(
                f"The encoder in {self._directory} reads {limit} tokens beside its prompt; a passage with "
                f"its title and headings needs {LEAST}. Choose another model in the setting `encoder`."
            )
        return limit

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of each token of `text`, without special tokens."""
        offsets: list[tuple[int, int]] = self._tokeniser.encode(text, add_special_tokens=False).offsets
        return offsets

    def encode_passages(self, texts: Sequence[tuple[str, Spans]]) -> list[PassageVectors]:
        """Vectors of texts given with the spans of their sentences.

        Each sentence is encoded by itself, as a document: what the tokens' own vectors are worth depends
        on how a model pools them.
        """
        if not texts:
            return []
        parts = [[text, *(text[start:end] for start, end in spans)] for text, spans in texts]
        read = self._read([part for own in parts for part in own], DOCUMENT_PROMPTS)
        result = []
        for own in parts:
            (whole, *sentences), read = read[: len(own)], read[len(own) :]
            vectors = np.array([vector for vector, _ in sentences], dtype=np.float32)
            result.append(
                PassageVectors(
                    whole[0],
                    vectors.reshape(len(sentences), len(whole[0])),
                    tuple(tokens for _, tokens in sentences),
                )
            )
        return result

    def encode_query(self, text: str) -> Vectors:
        """Unit vector of a question, shape (dim,)."""
        return self._read_query(text)[0]

    def encode_query_tokens(self, text: str) -> QueryTokens:
        """The tokens of a question; how rare each is among the model's texts is not known, so all weigh the same."""
        tokens = self._read_query(text)[1]
        return QueryTokens(tokens, np.full(len(tokens), 1 / max(1, len(tokens))))

    def _read_query(self, text: str) -> tuple[Vectors, Tokens]:
        """A question's vector and tokens. The last ones are kept: they are asked for one after the other."""
        last = self._last
        if last is None or last[0] != text:
            [read] = self._read([text], QUERY_PROMPTS)
            self._last = last = (text, read)
        return last[1]

    def _read(self, texts: Sequence[str], prompts: Sequence[str]) -> list[tuple[Vectors, Tokens]]:
        """The unit vector of each text after the first of these prompts that the model has, and the tokens of its
        content words without the prompt's. Where the model gives no vectors of tokens, the text's own stands for them."""
        prompt, read = self._prompt(prompts), []
        for start in range(0, len(texts), AT_ONCE):
            part = list(texts[start : start + AT_ONCE])
            for text, (vector, made) in zip(part, self._made(part, prompts, prompt), strict=True):
                has_tokens = "token_embeddings" in made
                tokens = self._content(text, prompt, made) if has_tokens else rounded(vector[np.newaxis])
                read.append((vector, tokens))
        return read

    def _made(
        self, texts: list[str], prompts: Sequence[str], prompt: str
    ) -> list[tuple[Vectors, Mapping[str, Any]]]:
        """The unit vector of each text, and all that the model gives for it."""
        model = self._model()
        # Models that read questions by other weights than documents tell the two apart by the method.
        encode: Any = model.encode_query if prompts is QUERY_PROMPTS else model.encode_document
        try:
            with self._lock:
                made = encode(
                    texts, prompt=prompt, output_value=None, batch_size=BATCH, show_progress_bar=False
                )
            return [(unit(_array(one["sentence_embedding"])), one) for one in made]
        except Exception as error:  # whatever someone else's model cannot do
            raise EncoderUnavailable(
                f"The encoder in {self._directory} cannot encode: {_reason(error)}."
            ) from error

    def _content(self, text: str, prompt: str, made: Mapping[str, Any]) -> Tokens:
        vectors = _array(made["token_embeddings"])
        if "attention_mask" in made:
            vectors = vectors[made["attention_mask"].cpu().numpy() > 0]
        offsets = self._tokeniser.encode(prompt + text).offsets
        # Where the text was cut, the last vector is that of the mark at its end.
        read = len(vectors) - (len(offsets) > len(vectors))
        before = len(prompt)
        places = [place for place, (_, end) in enumerate(offsets[:read]) if end > before]
        inside = [(max(offsets[place][0] - before, 0), offsets[place][1] - before) for place in places]
        return rounded(unit(vectors[[places[place] for place in content_tokens(text, inside)]]))

    def _prompt(self, names: Sequence[str]) -> str:
        """The first of some prompts that the model has, or the one that it always has."""
        model = self._model()
        known = (model.prompts[name] for name in (*names, model.default_prompt_name) if name in model.prompts)
        return next(known, None) or ""

    @cached_property
    def _tokeniser(self) -> Any:
        from tokenizers import Tokenizer

        own = self._model().tokenizer
        fast = getattr(own, "backend_tokenizer", own)
        if not isinstance(fast, Tokenizer):
            raise EncoderUnavailable(
                f"The tokeniser of the encoder in {self._directory} does not tell where tokens stand. "
                "Choose a model with a tokenizer.json in the setting `encoder`."
            )
        # A copy: that of the model cuts and pads.
        tokeniser = Tokenizer.from_str(fast.to_str())
        tokeniser.no_truncation()
        tokeniser.no_padding()
        return tokeniser

    def _model(self) -> SentenceTransformer:
        if self._loaded is None:
            try:
                self._loaded = load_sentence_transformer(self._directory)
            except Exception as error:  # whatever is wrong with the files of someone else's model
                raise EncoderUnavailable(
                    f"The encoder in {self._directory} cannot be loaded: {_reason(error)}."
                ) from error
        return self._loaded


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())


def _array(tensor: Any) -> Vectors:
    return np.asarray(tensor.float().cpu().numpy(), dtype=np.float32)


def folder_digest(directory: Path) -> str:
    """SHA-256, in hex, of the names and contents of all files of a model; not of what tells about it."""
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if (
            path.is_file()
            and path.suffix != ".md"
            and not any(part.startswith(".") for part in name.split("/"))
        ):
            digest.update(f"{name}\0{file_digest(path)}\0".encode())
    return digest.hexdigest()
