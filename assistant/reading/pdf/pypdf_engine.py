"""pypdf: the words of each page, the file's page labels and what it says about itself."""

from __future__ import annotations

import io
import logging
from collections import Counter
from pathlib import Path
from typing import Any

from pypdf import PasswordType, PdfReader, PdfWriter
from pypdf.errors import DependencyError, LimitReachedError

from assistant.errors import DocumentRefused

NAME = "pypdf"
MAX_PAGES = 3000
MAX_REPEATS = 30
# Bytes of drawing on a page, and how many of them deflated data can hold in one.
MAX_CONTENT, MOST_PACKED = 20_000_000, 1000

# What pypdf has to say about a file goes into our own warnings.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def open_file(path: Path, data: bytes, password: str | None) -> tuple[PdfReader, int]:
    """The file and its number of pages.

    Raises DocumentRefused if it wants another password or has too many pages; any other error of
    pypdf, which raises bare ones on broken files, passes through.
    """
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens(path, reader, password):
        if password:
            raise DocumentRefused(path, "the password does not open it", "give the right one as `--password`")
        raise DocumentRefused(path, "encrypted with a password", "give it as `--password`")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise DocumentRefused(
            path, f"{count:,} pages are more than {MAX_PAGES:,}", "split the file into parts"
        )
    return reader, count


def _opens(path: Path, reader: PdfReader, password: str | None) -> bool:
    try:
        tried = [""] if password is None else [password, ""]
        return any(reader.decrypt(word) != PasswordType.NOT_DECRYPTED for word in tried)
    except (DependencyError, NotImplementedError) as error:
        raise DocumentRefused(
            path, "encrypted in a way that is not known here", "save it without encryption"
        ) from error


def page_text(reader: PdfReader, index: int) -> str | None:
    """A page's words in lines; None if pypdf cannot read it."""
    try:
        return reader.pages[index].extract_text().encode("utf-8", "replace").decode()
    except MemoryError:
        raise
    except Exception:  # pypdf raises bare errors on broken pages
        return None


def is_overfull(reader: PdfReader, index: int) -> bool:
    """Whether a page draws one content over and over, or more than any page does: a few bytes that fill any
    memory and take any time."""
    try:
        contents = reader.pages[index].get("/Contents")
        whole = contents.get_object() if contents is not None else None
        parts = whole if isinstance(whole, list) else [whole]
        numbers = Counter(getattr(part, "idnum", None) for part in parts)
        if len(parts) > MAX_REPEATS and max(numbers.values()) > MAX_REPEATS:
            return True
        return sum(_unpacked_length(part.get_object()) for part in parts if part is not None) > MAX_CONTENT
    except LimitReachedError:
        return True
    except MemoryError:
        raise
    except Exception:  # a broken page is looked at by the engines
        return False


def _unpacked_length(stream: Any) -> int:
    """How long a stream is unpacked; 0 for one that is too short to become long."""
    packed = getattr(stream, "_data", b"")
    return len(stream.get_data()) if len(packed) > MAX_CONTENT // MOST_PACKED else 0


def page_labels(reader: PdfReader, count: int) -> list[str]:
    """The labels that the file gives its pages; empty where it gives none."""
    if "/PageLabels" not in reader.root_object:
        return [""] * count
    try:
        labels = [str(label) for label in reader.page_labels]
    except Exception:  # a broken label tree must not cost the document
        labels = []
    return [label.strip() for label in (labels + [""] * count)[:count]]


def metadata(reader: PdfReader) -> dict[str, Any]:
    """Title, author and the entries of XMP; nothing of what is broken."""
    found: dict[str, Any] = {}
    try:
        information = reader.metadata
        found["title"] = str(information.title or "") if information else ""
        found["author"] = str(information.author or "") if information else ""
    except Exception:  # broken metadata must not cost the document
        found.setdefault("title", "")
    try:
        xmp = reader.xmp_metadata
        if xmp is not None:
            found["creators"] = [str(name) for name in xmp.dc_creator or []]
            found["xmp"] = xmp.stream.get_data()[:200_000].decode("utf-8", "replace")
    except Exception:  # as above
        found.setdefault("creators", [])
    return found


def decrypted(reader: PdfReader) -> bytes:
    """The file written anew without encryption and with a sound structure."""
    writer = PdfWriter()
    writer.append_pages_from_reader(reader)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
