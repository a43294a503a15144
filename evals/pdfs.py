"""What becomes of a folder of PDFs, and what of their text is found.

A `MANIFEST.jsonl` in the folder (`f`, `chars`, `pdfium_chars`) adds how many characters other readings had;
files `*.jsonl` in subfolders in the form of olmOCR's bench add the expected strings, for pypdf alone,
PDFium alone and the assistant's choice.
"""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import DocumentRefused
from assistant.reading.isolation import Workers
from assistant.reading.pdf import locate_each
from assistant.reading.pdf.quality import assess
from assistant.reading.reader import ReadOptions
from assistant.records import BlockKind, Document
from evals.json_lines import entries_in
from evals.measures import expected_strings
from evals.measures.expected_strings import Expectation, Reading

LOCATED_A_FILE = 40
# What a file may take, unless tesseract reads it.
MOST_SECONDS = 30
ENGINES = ("pypdf", "pdfium", "assistant")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    path: Path
    name: str
    seconds: float
    document: Document | None = None
    refusal: DocumentRefused | None = None
    located: int = 0
    sought: int = 0
    ocr: bool = False

    @property
    def word(self) -> str:
        """How it ended, in a word."""
        if self.document is None:
            return "refused"
        engines = {page.engine for page in self.document.pages}
        return "read by OCR" if "tesseract" in engines else "read"

    @property
    def is_garbage(self) -> bool:
        """Whether what was read looks like nothing that was written."""
        return self.document is not None and assess(self.document.text).is_garbage


@dataclass(frozen=True, slots=True)
class Expected:
    """Whether one expected string is in its place, by engine. `kind` is what is expected of it."""

    file: str
    kind: str
    named: str
    holds: dict[str, bool]


def read_folder(
    folder: Path, passwords: Sequence[str] = (), *, ocr: bool = False, is_locating: bool = True
) -> Iterator[Outcome]:
    """Every PDF below a folder, read as an ingest reads it; passwords are tried on files that want one."""
    with Workers() as workers:
        for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf"):
            started = time.monotonic()
            document, refusal, password = _read(workers, path, passwords, ocr)
            seconds = time.monotonic() - started
            located, sought = 0, 0
            if document is not None and is_locating:
                located, sought = _locate(path, document, password)
            name = str(path.relative_to(folder))
            yield Outcome(path, name, seconds, document, refusal, located, sought, ocr)


def _read(
    workers: Workers, path: Path, passwords: Sequence[str], ocr: bool
) -> tuple[Document | None, DocumentRefused | None, str | None]:
    """The document and the password that opened it, or why there is none."""
    refusal: DocumentRefused | None = None
    for password in [None, *passwords]:
        try:
            (document,) = workers.read(path, ReadOptions(password=password, ocr=ocr))
        except DocumentRefused as error:
            refusal = refusal or error
            if "password" not in error.reason:
                break
        else:
            return document, None, password
    return None, refusal, None


def _locate(path: Path, document: Document, password: str | None) -> tuple[int, int]:
    """How many of a document's blocks are found on their pages, and how many were sought."""
    blocks = [
        block
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE and (page := document.page_at(block.start)) is not None
        if page.engine != "tesseract"
    ]
    chosen = blocks[:: max(1, len(blocks) // LOCATED_A_FILE)][:LOCATED_A_FILE]
    found = locate_each(path, document, [(block.start, block.end) for block in chosen], password)
    return sum(map(bool, found)), len(chosen)


def manifest_of(folder: Path) -> dict[str, int]:
    """The most characters that another program saw in each file, by name."""
    file = folder / "MANIFEST.jsonl"
    if not file.exists():
        return {}
    return {
        entry["f"]: max(entry.get("chars", 0), entry.get("pdfium_chars", 0)) for entry in entries_in(file)
    }


def is_fault(outcome: Outcome) -> bool:
    """Whether a file crashed its reader or took too long."""
    reason = outcome.refusal.reason if outcome.refusal else ""
    is_slow = outcome.seconds > MOST_SECONDS and not outcome.ocr
    return "crashed" in reason or "failed" in reason or is_slow


def print_files(outcomes: Sequence[Outcome], manifest: dict[str, int], *, only_odd: bool) -> None:
    """A line a file, with its warnings or the reason why it was refused."""
    for outcome in outcomes:
        document = outcome.document
        remarks = list(document.warnings) if document else [outcome.refusal.reason if outcome.refusal else ""]
        if only_odd and not remarks:
            continue
        size = ""
        if document:
            size = f"{len(document.text):>8,} characters"
            if outcome.name in manifest:
                size += f" of {manifest[outcome.name]:,}"
        print(f"{outcome.name[-58:]:<59}{outcome.seconds:>6.2f} s  {outcome.word:<12}{size}")
        for remark in remarks:
            print(f"{'':<12}{remark}")


def print_sums(outcomes: Sequence[Outcome]) -> None:
    """Counts of endings, reasons, engines and seconds."""
    words = Counter(outcome.word for outcome in outcomes)
    reasons = Counter(outcome.refusal.reason.split(" (")[0] for outcome in outcomes if outcome.refusal)
    times = sorted(outcome.seconds for outcome in outcomes) or [0.0]
    flagged = [o for o in outcomes if o.document and any("hidden" in word for word in o.document.warnings)]
    engines = Counter(page.engine for o in outcomes if o.document for page in o.document.pages)
    located, sought = sum(o.located for o in outcomes), sum(o.sought for o in outcomes)
    print(f"\n{len(outcomes)} files: " + ", ".join(f"{count} {word}" for word, count in words.most_common()))
    for reason, count in reasons.most_common():
        print(f"  refused {count:>4}  {reason}")
    print(f"pages by engine: {dict(engines.most_common())}")
    print(f"seconds: median {times[len(times) // 2]:.2f}, most {times[-1]:.2f}, sum {sum(times):.1f}")
    print(f"crashed, failed or over 30 s: {sum(map(is_fault, outcomes))}")
    print(f"read but garbage: {sum(outcome.is_garbage for outcome in outcomes)}")
    print(f"files with hidden text: {len(flagged)}")
    if sought:
        print(f"passages found on their pages: {located} of {sought} ({located / sought:.1%})")


def expected_of(folder: Path, outcomes: Sequence[Outcome]) -> list[Expected]:
    """Every string that is expected of a file of the folder, looked for in what each engine reads."""
    expectations = expected_strings.load(
        file for file in folder.rglob("*.jsonl") if file.name != "MANIFEST.jsonl"
    )
    found = []
    for outcome in outcomes:
        key = outcome.path.name.lower()
        own = [entry for entry in expectations if key.endswith(entry["pdf"].replace("/", "__").lower())]
        readings = _readings(outcome) if own else {}
        found += [_judged(entry, readings) for entry in own]
    return found


def print_expected(found: Sequence[Expected]) -> None:
    """What the assistant's choice misses."""
    for one in found:
        if not one.holds["assistant"]:
            print(f"  not as expected: {one.file}: {one.named}")


def _judged(entry: Expectation, readings: dict[str, Reading]) -> Expected:
    holds = {engine: expected_strings.holds(entry, reading) for engine, reading in readings.items()}
    return Expected(entry["pdf"], entry["type"], _named(entry), holds)


def _named(entry: Expectation) -> str:
    words = entry.get("text") or entry.get("before") or entry.get("cell") or ""
    return f"{entry['type']} {str(words)[:60]!r}"


def _readings(outcome: Outcome) -> dict[str, Reading]:
    own = expected_strings.of_document(outcome.document) if outcome.document else Reading("", "")
    data = outcome.path.read_bytes()
    return {
        "pypdf": expected_strings.of_text(_by_pypdf(data)),
        "pdfium": expected_strings.of_text(_by_pdfium(data)),
        "assistant": own,
    }


def _by_pypdf(data: bytes) -> str:
    from pypdf import PdfReader

    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    except Exception:  # pypdf raises bare errors on broken files; then it has read nothing
        return ""


def _by_pdfium(data: bytes) -> str:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError:
        return ""
