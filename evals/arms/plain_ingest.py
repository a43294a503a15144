"""`python -m evals.arms.plain_ingest OUT FILE…`: files → Chroma as the plain LangChain pipeline does it.

The steps and settings of PyPDFLoader (a document a page, by pypdf), RecursiveCharacterTextSplitter with
1,000/200 characters, HuggingFaceEmbeddings (sentence-transformers with its defaults) over the packaged
model, and Chroma.from_documents. `langchain-community` and its kin are not installed: each step is the
library call that they make.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from evals.arms.pieces import OVERLAP, SIZE


def main() -> int:
    """Ingest the files that are named and print the counts as JSON; 1 if one could not be read."""
    out, *files = sys.argv[1:]
    failed: list[str] = []
    pages = list(load(map(Path, files), failed))
    pieces = split(pages)
    store(Path(out), pieces)
    words = sum(len(page.split()) for page in pages)
    print(json.dumps({"pages": len(pages), "words": words, "pieces": len(pieces), "failed": failed}))
    return 1 if failed else 0


def load(files: Iterable[Path], failed: list[str]) -> Iterator[str]:
    """The text of each page; of other files than PDFs the whole. What cannot be read is named in `failed`."""
    from pypdf import PdfReader

    for file in files:
        try:
            if file.suffix.lower() == ".pdf":
                yield from [page.extract_text() for page in PdfReader(file).pages]
            else:
                yield file.read_text(encoding="utf-8", errors="replace")
        except Exception:  # pypdf raises bare errors on broken files; the plain loader stops there
            failed.append(str(file))


def split(pages: Iterable[str]) -> list[str]:
    """Pieces of at most 1,000 characters."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP)
    return [piece.page_content for piece in splitter.create_documents(list(pages))]


def store(out: Path, pieces: list[str]) -> None:
    """Encode the pieces and write them to a Chroma collection."""
    from chromadb import PersistentClient
    from chromadb.config import Settings

    from assistant.encoding.torch_model import load_sentence_transformer
    from assistant.encoding.weights import model_directory

    model = load_sentence_transformer(model_directory(), precision="float32")
    vectors = np.asarray(model.encode(pieces, show_progress_bar=False))
    client = PersistentClient(str(out), settings=Settings(anonymized_telemetry=False))
    collection = client.create_collection("langchain", embedding_function=None)
    most = client.get_max_batch_size()
    for start in range(0, len(pieces), most):
        part = slice(start, start + most)
        names = [str(uuid.uuid4()) for _ in pieces[part]]
        collection.add(ids=names, documents=pieces[part], embeddings=vectors[part])


if __name__ == "__main__":
    sys.exit(main())
