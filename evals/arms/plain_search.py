"""LangChain's `similarity_search` over Chroma with its defaults, over passages of an index of ours.

The steps of langchain-chroma and langchain-huggingface, which are not installed: sentence-transformers
encodes the question as it stands, Chroma gives the nearest texts with their metadata and distances.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.encoding.torch_model import load_sentence_transformer
from assistant.encoding.weights import model_directory
from assistant.index.catalogue import Catalogue

NAME = "langchain"


class PlainSearch:
    """Searches the passages of a catalogue, in a store of its own that is made once."""

    def __init__(self, catalogue: Path, store: Path) -> None:
        self._collection = _collection(catalogue, store)
        self._model = load_sentence_transformer(model_directory(), precision="float32")

    def search(self, question: str, limit: int) -> list[str]:
        """The texts of the nearest passages, nearest first."""
        [vector] = self._model.encode([question], show_progress_bar=False)
        found = self._collection.query(
            query_embeddings=[vector.tolist()],
            n_results=limit,
            include=["documents", "metadatas", "distances"],
        )
        return list(found["documents"][0])


def _collection(catalogue: Path, store: Path) -> Any:
    from chromadb import PersistentClient
    from chromadb.config import Settings

    client = PersistentClient(str(store), settings=Settings(anonymized_telemetry=False))
    collection = client.get_or_create_collection(NAME, embedding_function=None)
    held = Catalogue.open(catalogue)
    try:
        ids, vectors = held.vectors()
        most = client.get_max_batch_size()
        for start in range(collection.count(), len(ids), most):
            chosen = ids[start : start + most]
            passages = held.passages(chosen)
            collection.add(
                ids=chosen,
                embeddings=vectors[start : start + most],
                documents=[passages[identity].text for identity in chosen],
                metadatas=[{"source": passages[identity].document} for identity in chosen],
            )
    finally:
        held.close()
    return collection
