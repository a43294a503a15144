"""Scanned pages through Debian's tesseract, where it is installed and asked for."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from assistant.reading.patience import ask_for_time
from assistant.reading.pdf.lines import Line, clean, median
from assistant.reading.pdf.quality import assess

if TYPE_CHECKING:
    from PIL.Image import Image

Word = dict[str, str]

ENGINE = "tesseract"
PAGE_SECONDS = 40.0
DOTS_PER_POINT = 300 / 72
MAX_PIXELS = 30_000_000
MIN_CONFIDENCE = 30.0
LETTER_SHARE = 0.75
MAX_OCR_PAGES = 300
# How a page is turned, and how sure tesseract (0..100) must be of its words to be believed.
TURNS = (0, 180, 90, 270)
MIN_LETTERS, SURE, NEARLY_SURE, ENGLISH = 12, 60.0, 45.0, 0.35


def is_installed() -> bool:
    """Whether `tesseract` is on the PATH."""
    return shutil.which("tesseract") is not None


def recognise(file: pdfium.PdfDocument, index: int) -> tuple[list[Line], float] | None:
    """The lines of a page's picture and the page's height in points, turned upright.

    None if nothing that reads like words was found, or not in time.
    """
    page = file[index]
    try:
        width, height = page.get_size()
        scale = min(DOTS_PER_POINT, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture = page.render(scale=scale, grayscale=True).to_pil()
    finally:
        page.close()
    for turn in TURNS:
        ask_for_time.get()(PAGE_SECONDS + 10)
        upright = picture.rotate(turn, expand=True) if turn else picture
        table = _run(upright, round(72 * scale))
        if table is None:
            return None
        words = _words(table)
        found = _lines(words, scale, upright.height / scale)
        if _reads_well(words, found):
            return found, upright.height / scale
    return None


def _reads_well(words: list[Word], lines: list[Line]) -> bool:
    """Whether tesseract is sure of what it read, and its lines lie: handwriting and pages that stand on
    their heads give letters too, but no confidence."""
    letters = sum(len(word["text"]) for word in words)
    if letters < MIN_LETTERS or not lines:
        return False
    sure = sum(len(word["text"]) * float(word["conf"]) for word in words) / letters
    known = assess("\n".join(line.text for line in lines)).known
    is_lying = median([line.right - line.left for line in lines]) > median([line.size for line in lines])
    return is_lying and (sure >= SURE or (sure >= NEARLY_SURE and known >= ENGLISH))


def _run(picture: Image, resolution: int) -> str | None:
    """tesseract's table of the words in a picture; None if it fails or takes too long."""
    data = io.BytesIO()
    picture.save(data, format="PNG")
    command = ["tesseract", "stdin", "stdout", "--dpi", str(resolution), "--psm", "3", "tsv"]
    try:
        # One thread: the other processors encode.
        done = subprocess.run(  # noqa: S603 - a fixed command; the picture is its input
            command,
            input=data.getvalue(),
            capture_output=True,
            timeout=PAGE_SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> list[Word]:
    """The words of tesseract's table, each with its place and how sure it is."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]


def _lines(words: list[Word], scale: float, height: float) -> list[Line]:
    """Words as lines; those that tesseract is unsure of are left out."""
    found: dict[tuple[str, ...], list[Word]] = {}
    for word in words:
        if float(word["conf"]) >= MIN_CONFIDENCE:
            found.setdefault(tuple(word[key] for key in ("block_num", "par_num", "line_num")), []).append(
                word
            )
    return [_line(own, scale, height) for own in found.values()]


def _line(words: list[Word], scale: float, height: float) -> Line:
    left = min(float(word["left"]) for word in words) / scale
    right = max(float(word["left"]) + float(word["width"]) for word in words) / scale
    top = min(float(word["top"]) for word in words) / scale
    bottom = max(float(word["top"]) + float(word["height"]) for word in words) / scale
    text = clean(" ".join(word["text"].strip() for word in words))
    return Line(text, left, height - bottom, right, height - top, (bottom - top) * LETTER_SHARE)
