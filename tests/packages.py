"""Files of the formats that are zip archives, written by hand part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "application/vnd.openxmlformats-officedocument"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "drawing", "manifest", "meta")
)
ODT = "application/vnd.oasis.opendocument.text"
QDA = "urn:QDA-XML:project:1.0"


def zipped(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """An archive of these parts in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=kind)
    return buffer.getvalue()


def docx(body: str, *, styles: str = "", footnotes: str = "", title: str = "", **more: str | bytes) -> bytes:
    """A Word file with this body, in WordprocessingML."""
    kinds = {
        "/word/document.xml": f"{OFFICE}.wordprocessingml.document.main+xml",
        "/word/styles.xml": f"{OFFICE}.wordprocessingml.styles+xml",
        "/word/footnotes.xml": f"{OFFICE}.wordprocessingml.footnotes+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{n}" ContentType="{k}"/>' for n, k in kinds.items())
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dublin = "http://purl.org/dc/elements/1.1/"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}">{overrides}</Types>',
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{WORD}">{footnotes}</w:footnotes>',
            "docProps/core.xml": f'<c:coreProperties xmlns:c="{core}" xmlns:d="{dublin}">'
            f"<d:title>{escape(title)}</d:title></c:coreProperties>",
            **more,
        }
    )


def w_p(*runs: str, properties: str = "") -> str:
    """A Word paragraph of runs; plain words are made runs."""
    made = "".join(run if run.startswith("<") else w_r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{made}</w:p>"


def w_r(words: str, properties: str = "") -> str:
    """A Word run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def odt(body: str, *, styles: str = "", meta: str = "", manifest: str = "", **more: str | bytes) -> bytes:
    """An OpenDocument text with this body and these automatic styles."""
    return zipped(
        {
            "mimetype": ODT,
            "META-INF/manifest.xml": f"<manifest:manifest {ODF}>{manifest}</manifest:manifest>",
            "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "meta.xml": f'<office:document-meta {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<office:meta>{meta}</office:meta></office:document-meta>",
            **more,
        }
    )


def epub(
    chapters: Mapping[str, str], *, contents: str = "", metadata: str = "", **more: str | bytes
) -> bytes:
    """A book of XHTML chapters by file name, in this order, with a list of contents."""
    items = "".join(
        f'<item id="{name}" href="text/{name}" media-type="application/xhtml+xml"/>' for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    container = "urn:oasis:names:tc:opendocument:xmlns:container"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f'<container xmlns="{container}"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata><manifest>'
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            f'{items}</manifest><spine><itemref idref="nav"/>{spine}</spine></package>',
            "OEBPS/nav.xhtml": f"<html><body><nav>{contents}</nav></body></html>",
            **{
                f"OEBPS/text/{name}": f'<?xml version="1.0" encoding="utf-8"?><html><body>{body}</body></html>'
                for name, body in chapters.items()
            },
            **more,
        }
    )


def qdpx(sources: str, *, codes: str = "", notes: str = "", origin: str = "", **texts: str | bytes) -> bytes:
    """A project with these source elements, and texts by their name in its sources folder."""
    return zipped(
        {
            "project.qde": f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{QDA}" name="p" '
            f'origin="{origin}"><CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{sources}</Sources>'
            f"<Notes>{notes}</Notes></Project>",
            **{f"sources/{name}": content for name, content in texts.items()},
        }
    )
