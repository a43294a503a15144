"""Hashes that stand for words which are not kept: who has the words can tell that they are meant, and nobody else."""

from __future__ import annotations

import hashlib


def exact_hash(words: str) -> str:
    """SHA-256 of words, letter for letter."""
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()


def words_hash(text: str) -> str:
    """SHA-256 of the words of a text, whatever their case and the white space between them."""
    return exact_hash(" ".join(text.casefold().split()))
