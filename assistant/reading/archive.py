"""Zip archives of documents: checked before anything is parsed, read in memory, never unpacked.

A file is data from outside. What an archive says of its members is checked when it is opened, and
what they turn out to be when they are read.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath, PureWindowsPath

from assistant.errors import DocumentRefused

MAX_MEMBERS = 5_000
MAX_TEXT_BYTES = 50_000_000
MAX_RATIO = 100
# Below this size a member may shrink as far as it likes: a page of blanks is no bomb.
ALWAYS_FINE = 100_000
TEXT_SUFFIXES = {
    ".xml", ".rels", ".html", ".htm", ".xhtml", ".opf", ".ncx", ".txt", ".qde", ".svg", ".css", ".rdf", "",
}  # fmt: skip
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
LOCAL_ENTRY, DIRECTORY_ENTRY, DIRECTORY_END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
ADVICE = "open it in the program that made it and save it anew"


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip archive does."""
    return data.startswith((LOCAL_ENTRY, DIRECTORY_END))


def directory_of(data: bytes) -> bytes:
    """The part of an archive that lists its members, unchecked; empty if there is none."""
    end = data.rfind(DIRECTORY_END)
    if not is_zip(data) or end < 0:
        return b""
    return data[int.from_bytes(data[end + 16 : end + 20], "little") : end]


def declares(data: bytes, mimetype: bytes) -> bool:
    """Whether the first member says that the archive is of this type, as ODF and EPUB prescribe."""
    return is_zip(data) and data[30:38] == b"mimetype" and data[38:].startswith(mimetype)


class Archive:
    """The members of one archive by name, with `/` between folders."""

    def __init__(self, path: Path, data: bytes) -> None:
        """Check all that the archive declares. Raises DocumentRefused."""
        self._path = path
        if data.count(DIRECTORY_ENTRY) > MAX_MEMBERS:
            raise self._refusal(f"an archive of more than {MAX_MEMBERS:,} parts")
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise self._refusal("a damaged archive") from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._read_bytes = 0
        for member in self._file.infolist():
            self._take(member)
        declared = sum(m.file_size for name, m in self._members.items() if is_text(name))
        if declared > MAX_TEXT_BYTES:
            raise self._refusal(f"{declared:,} bytes of text when unpacked, more than {MAX_TEXT_BYTES:,}")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members in the order of the archive."""
        return tuple(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises DocumentRefused if it is missing, damaged or too large."""
        member = self._members.get(name)
        if member is None:
            raise self._refusal(f"its part {name[:80]!r} is missing")
        self._check_ratio(name, member)
        try:
            with self._file.open(member) as part:
                data = part.read(MAX_TEXT_BYTES + 1 - self._read_bytes)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise self._refusal(f"its part {name[:80]!r} is damaged") from error
        self._read_bytes += len(data)
        if self._read_bytes > MAX_TEXT_BYTES:
            raise self._refusal(f"more than {MAX_TEXT_BYTES:,} bytes of text when unpacked")
        return data

    def _take(self, member: zipfile.ZipInfo) -> None:
        name = member.orig_filename.replace("\\", "/")
        if member.is_dir() or name.endswith("/"):
            return
        problem = _problem(name, member)
        if problem:
            raise self._refusal(f"its part {name[:80]!r} {problem}")
        if name in self._members:
            raise self._refusal(f"it has two parts of the name {name[:80]!r}")
        if is_text(name):
            self._check_ratio(name, member)
        self._members[name] = member

    def _check_ratio(self, name: str, member: zipfile.ZipInfo) -> None:
        if member.file_size > max(ALWAYS_FINE, MAX_RATIO * member.compress_size):
            raise self._refusal(
                f"its part {name[:80]!r} unpacks to {member.file_size:,} bytes, more than {MAX_RATIO} times its size"
            )

    def _refusal(self, reason: str) -> DocumentRefused:
        return DocumentRefused(self._path, reason, ADVICE)


def is_text(name: str) -> bool:
    """Whether a member's name says that it holds text; pictures and recordings are never read."""
    return PurePosixPath(name).suffix.lower() in TEXT_SUFFIXES


def _problem(name: str, member: zipfile.ZipInfo) -> str | None:
    """Why a member must not be in a document; None if it may."""
    if "\0" in name:
        return "has a NUL byte in its name"
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive:
        return "has an absolute name"
    if ".." in PurePosixPath(name).parts:
        return "leads out of the archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a symbolic link"
    if member.flag_bits & 0x1:
        return "is locked with a password"
    if member.compress_type not in METHODS:
        return "is packed in a way that documents do not use"
    return None
