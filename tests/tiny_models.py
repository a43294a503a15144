"""Models of a few thousand weights in the form of sentence-transformers, drawn by a seed."""

from __future__ import annotations

from pathlib import Path

WORDS = [
    "query",
    "document",
    "the",
    "a",
    "of",
    "and",
    "trust",
    "leaders",
    "carers",
    "night",
    "grants",
    "model",
    "practice",
    "helps",
    "what",
    "who",
    "lanterns",
    "boats",
    "volunteers",
    "?",
    ".",
    ",",
    ":",
    "-",
    "x",
]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def tiny_encoder(folder: Path, length: int = 256, seed: int = 1, **prompts: str) -> Path:
    """An encoder in `folder` that reads `length` tokens, with the given prompts."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    base = folder.with_name(f"{folder.name}-base")
    torch.manual_seed(seed)
    BertModel(_config()).save_pretrained(base)
    _tokeniser(length).save_pretrained(base)
    reads = Transformer(str(base), max_seq_length=length)
    SentenceTransformer(
        modules=[reads, Pooling(reads.get_embedding_dimension())], prompts=prompts, device="cpu"
    ).save(str(folder))
    return folder


def tiny_static_encoder(folder: Path, words: int = len(SPECIAL) + len(WORDS), **prompts: str) -> Path:
    """An encoder in `folder` of one vector for each of so many words, which it takes the mean of."""
    import numpy as np
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    vectors = np.random.default_rng(1).normal(size=(words, 16)).astype(np.float32)
    words_to_vectors = StaticEmbedding(_tokeniser(256).backend_tokenizer, embedding_weights=vectors)
    SentenceTransformer(modules=[words_to_vectors], prompts=prompts, device="cpu").save(str(folder))
    return folder


def tiny_cross_encoder(
    folder: Path, outputs: int = 1, seed: int = 2, words: int = len(SPECIAL) + len(WORDS)
) -> Path:
    """A cross-encoder in `folder` with so many outputs, and vectors for so many words."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(seed)
    BertForSequenceClassification(_config(num_labels=outputs, vocab_size=words)).save_pretrained(folder)
    _tokeniser(128).save_pretrained(folder)
    return folder


def _config(**more: int):  # type: ignore[no-untyped-def]
    from transformers import BertConfig

    size = {"vocab_size": len(SPECIAL) + len(WORDS), **more}
    return BertConfig(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        initializer_range=0.5,
        **size,
    )


def _tokeniser(length: int):  # type: ignore[no-untyped-def]
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    numbers = {word: number for number, word in enumerate([*SPECIAL, *WORDS])}
    tokeniser = Tokenizer(models.WordPiece(numbers, unk_token=SPECIAL[1]))
    tokeniser.normalizer = normalizers.Lowercase()
    tokeniser.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    marks = [(mark, numbers[mark]) for mark in ("[CLS]", "[SEP]")]
    tokeniser.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=marks
    )
    named = dict(zip(("pad", "unk", "cls", "sep", "mask"), SPECIAL, strict=True))
    return PreTrainedTokenizerFast(
        tokenizer_object=tokeniser,
        model_max_length=length,
        **{f"{name}_token": mark for name, mark in named.items()},
    )
