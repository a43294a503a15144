"""Scanned pages through Debian's tesseract, where it is installed and asked for."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess

import pypdfium2 as pdfium

from assistant.reading.patience import ask_for_time
from assistant.reading.pdf.lines import Line, clean

ENGINE = "tesseract"
PAGE_SECONDS = 60.0
DOTS_PER_POINT = 300 / 72
MAX_PIXELS = 30_000_000
MIN_CONFIDENCE = 30.0
LETTER_SHARE = 0.75
MAX_OCR_PAGES = 300


def is_installed() -> bool:
    """Whether `tesseract` is on the PATH."""
    return shutil.which("tesseract") is not None


def recognise(file: pdfium.PdfDocument, index: int) -> tuple[list[Line], float] | None:
    """The lines of a page's picture and the page's height in points; None if it cannot be read in time."""
    ask_for_time.get()(PAGE_SECONDS + 10)
    page = file[index]
    try:
        width, height = page.get_size()
        scale = min(DOTS_PER_POINT, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture = io.BytesIO()
        page.render(scale=scale, grayscale=True).to_pil().save(picture, format="PNG")
    finally:
        page.close()
    table = _run(picture.getvalue(), round(72 * scale))
    if table is None:
        return None
    return _lines(table, scale, height), height


def _run(picture: bytes, resolution: int) -> str | None:
    command = ["tesseract", "stdin", "stdout", "--dpi", str(resolution), "--psm", "3", "tsv"]
    try:
        # One thread: the other processors encode.
        done = subprocess.run(  # noqa: S603 - a fixed command; the picture is its input
            command,
            input=picture,
            capture_output=True,
            timeout=PAGE_SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str, scale: float, height: float) -> list[Line]:
    """tesseract's table of words as lines; words it is unsure of are left out."""
    found: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        words = (row.get("text") or "").strip()
        if row.get("level") == "5" and words and float(row["conf"]) >= MIN_CONFIDENCE:
            found.setdefault(tuple(row[key] for key in ("block_num", "par_num", "line_num")), []).append(row)
    lines = []
    for words_of_line in found.values():
        lefts = [float(row["left"]) for row in words_of_line]
        tops = [float(row["top"]) for row in words_of_line]
        rights = [float(row["left"]) + float(row["width"]) for row in words_of_line]
        bottoms = [float(row["top"]) + float(row["height"]) for row in words_of_line]
        lines.append(
            Line(
                clean(" ".join(row["text"].strip() for row in words_of_line)),
                min(lefts) / scale,
                height - max(bottoms) / scale,
                max(rights) / scale,
                height - min(tops) / scale,
                (max(bottoms) - min(tops)) / scale * LETTER_SHARE,
            )
        )
    return lines
