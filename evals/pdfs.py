"""`python -m evals.pdfs FOLDER`: what becomes of a folder of PDFs, and what of their text is found.

Prints a line a file and sums: read, refused with the reason, seconds, findings of hidden text, passages
that are found again on their page. A `MANIFEST.jsonl` in the folder (`f`, `chars`, `pdfium_chars`)
adds how many characters other readings had; files `*.jsonl` in subfolders in the form of olmOCR's
bench add the share of expected strings, for pypdf alone, PDFium alone and the assistant's choice.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import DocumentRefused
from assistant.reading.isolation import Workers
from assistant.reading.pdf import locate
from assistant.reading.pdf.quality import assess
from assistant.reading.reader import ReadOptions
from assistant.records import BlockKind, Document
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


def main() -> int:
    """Measure a folder and print; 1 if a file crashed its reader, took too long or gave garbage."""
    options = _parser().parse_args()
    paths = sorted(path for path in options.folder.rglob("*") if path.suffix.lower() == ".pdf")
    outcomes = list(_read(paths, options))
    _print_files(outcomes, _manifest(options.folder), only_odd=options.odd)
    _print_sums(outcomes)
    expectations = expected_strings.load(
        file for file in options.folder.rglob("*.jsonl") if file.name != "MANIFEST.jsonl"
    )
    if expectations:
        _print_expected(outcomes, expectations)
    bad = [outcome for outcome in outcomes if outcome.is_garbage or _is_fault(outcome)]
    return 1 if bad else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.pdfs", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder with PDFs")
    parser.add_argument("--password", action="append", default=[], help="tried on files that want one")
    parser.add_argument("--ocr", action="store_true", help="read scans through tesseract")
    parser.add_argument("--no-locate", action="store_true", help="do not look for passages on their pages")
    parser.add_argument("--odd", action="store_true", help="print only files with warnings or refusals")
    return parser


def _read(paths: Sequence[Path], options: argparse.Namespace) -> Iterator[Outcome]:
    with Workers() as workers:
        for path in paths:
            name = str(path.relative_to(options.folder))
            started = time.monotonic()
            refusal: DocumentRefused | None = None
            document = None
            for password in [None, *options.password]:
                try:
                    (document,) = workers.read(path, ReadOptions(password=password, ocr=options.ocr))
                    break
                except DocumentRefused as error:
                    refusal = refusal or error
                    if "password" not in error.reason:
                        break
            seconds = time.monotonic() - started
            if document is None:
                yield Outcome(path, name, seconds, refusal=refusal, ocr=options.ocr)
                continue
            located, sought = (0, 0) if options.no_locate else _locate(path, document, password)
            yield Outcome(path, name, seconds, document, located=located, sought=sought, ocr=options.ocr)


def _locate(path: Path, document: Document, password: str | None) -> tuple[int, int]:
    """How many of a document's blocks are found on their pages, and how many were sought."""
    blocks = [
        block
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE and (page := document.page_at(block.start)) is not None
        if page.engine != "tesseract"
    ]
    chosen = blocks[:: max(1, len(blocks) // LOCATED_A_FILE)][:LOCATED_A_FILE]
    data = path.read_bytes()
    return sum(bool(locate(data, document, block.start, block.end, password)) for block in chosen), len(
        chosen
    )


def _manifest(folder: Path) -> dict[str, int]:
    """The most characters that another program saw in each file, by name."""
    file = folder / "MANIFEST.jsonl"
    if not file.exists():
        return {}
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {entry["f"]: max(entry.get("chars", 0), entry.get("pdfium_chars", 0)) for entry in entries}


def _is_fault(outcome: Outcome) -> bool:
    reason = outcome.refusal.reason if outcome.refusal else ""
    is_slow = outcome.seconds > MOST_SECONDS and not outcome.ocr
    return "crashed" in reason or "failed" in reason or is_slow


def _print_files(outcomes: Sequence[Outcome], manifest: dict[str, int], *, only_odd: bool) -> None:
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


def _print_sums(outcomes: Sequence[Outcome]) -> None:
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
    print(f"crashed, failed or over 30 s: {sum(map(_is_fault, outcomes))}")
    print(f"read but garbage: {sum(outcome.is_garbage for outcome in outcomes)}")
    print(f"files with hidden text: {len(flagged)}")
    if sought:
        print(f"passages found on their pages: {located} of {sought} ({located / sought:.1%})")


def _print_expected(outcomes: Sequence[Outcome], expectations: Sequence[Expectation]) -> None:
    """Shares of expected strings by type and engine, and what the assistant's choice misses."""
    scores: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    missed = []
    for outcome in outcomes:
        key = outcome.path.name.lower()
        own = [entry for entry in expectations if key.endswith(entry["pdf"].replace("/", "__").lower())]
        readings = _readings(outcome) if own else {}
        for entry in own:
            for engine, reading in readings.items():
                holds = expected_strings.holds(entry, reading)
                scores[entry["type"]][engine].append(holds)
                if engine == "assistant" and not holds:
                    missed.append(f"{entry['pdf']}: {_named(entry)}")
    print(f"\n{'expected':<12}{'n':>5}" + "".join(f"{engine:>11}" for engine in ENGINES))
    for kind, by_engine in scores.items():
        shares = "".join(
            f"{sum(by_engine[engine]) / max(len(by_engine[engine]), 1):>11.2f}" for engine in ENGINES
        )
        print(f"{kind:<12}{len(by_engine['assistant']):>5}{shares}")
    for line in missed:
        print(f"  not as expected: {line}")


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


if __name__ == "__main__":
    sys.exit(main())
