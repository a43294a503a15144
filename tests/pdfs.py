"""PDFs made by program: a small writer of pages, text and pictures, without any library."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
MARGIN, TOP, LEADING, SIZE = 72, 770, 14, 11
FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Courier"}


@dataclass
class PdfFile:
    """A PDF that is being written. Pages are streams of operators; the standard fonts are F1 to F3."""

    pages: list[tuple[bytes, str]] = field(default_factory=list)
    objects: list[bytes] = field(default_factory=list)
    catalogue: str = ""
    info: str = ""
    size: tuple[int, int] = (WIDTH, HEIGHT)

    def add(self, *operators: bytes, resources: str = "") -> PdfFile:
        """Append a page of these operators; `resources` are further entries of its resources."""
        self.pages.append((b"\n".join(operators), resources))
        return self

    def add_object(self, body: bytes) -> int:
        """Append an object of its own and give its number, to be named in resources."""
        self.objects.append(body)
        return 3 + len(FONTS) + len(self.objects) - 1

    def add_stream(self, entries: str, data: bytes) -> int:
        """Append a compressed stream and give its number."""
        packed = zlib.compress(data)
        head = f"<< {entries} /Length {len(packed)} /Filter /FlateDecode >>\nstream\n"
        return self.add_object(head.encode() + packed + b"\nendstream")

    def data(self) -> bytes:
        """The file's bytes."""
        first = 3 + len(FONTS) + len(self.objects)
        kids = " ".join(f"{first + 2 * place} 0 R" for place in range(len(self.pages)))
        info = f"/Info << {self.info} >>" if self.info else ""
        bodies = [
            f"<< /Type /Catalog /Pages 2 0 R {self.catalogue} >>".encode(),
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode(),
            *(
                f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
                for name in FONTS.values()
            ),
            *self.objects,
        ]
        for place, (content, resources) in enumerate(self.pages):
            bodies += self._page(content, resources, first + 2 * place + 1)
        return _assemble(bodies, info)

    def _page(self, content: bytes, resources: str, number: int) -> list[bytes]:
        fonts = " ".join(f"/{key} {3 + place} 0 R" for place, key in enumerate(FONTS))
        width, height = self.size
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {number} 0 R "
            f"/Resources << /Font << {fonts} >> {resources} >> >>"
        )
        packed = zlib.compress(content)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n"
        return [page.encode(), head.encode() + packed + b"\nendstream"]


def _assemble(bodies: Sequence[bytes], info: str) -> bytes:
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R {info} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}".encode() + trailer.encode()


def string(words: str) -> bytes:
    """A PDF string of these words in WinAnsi."""
    raw = words.encode("cp1252")
    for mark in (b"\\", b"(", b")"):
        raw = raw.replace(mark, b"\\" + mark)
    return b"(" + raw + b")"


def line(
    words: str, x: float = MARGIN, y: float = TOP, size: float = SIZE, font: str = "F1", state: str = ""
) -> bytes:
    """One line of text; `state` are operators that hold for it alone (colour, render mode)."""
    show = string(words)
    return f"q {state} BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ".encode() + show + b" Tj ET Q"


def lines(
    words: Sequence[str], x: float = MARGIN, y: float = TOP, size: float = SIZE, leading: float = LEADING
) -> bytes:
    """Lines one below another."""
    return b"\n".join(line(text, x, y - leading * place, size) for place, text in enumerate(words))


def box(x: float, y: float, width: float, height: float, colour: str = "1 1 1") -> bytes:
    """A filled rectangle."""
    return f"q {colour} rg {x} {y} {width} {height} re f Q".encode()
