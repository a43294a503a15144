"""HTML without a way to forget escaping: only what these functions made is taken as HTML."""

from __future__ import annotations

import html


class Markup(str):
    """Text that is HTML already; plain text beside it is escaped."""

    __slots__ = ()


Content = str | None


def tag(name: str, *content: Content, **attributes: object) -> Markup:
    """An element. Plain text and attributes are escaped; None is left out. `class_` is `class`, and an
    underscore inside a name is a hyphen."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>{together(*content)}</{name}>")


def together(*content: Content) -> Markup:
    """Contents one after the other, as HTML."""
    return Markup(
        "".join(part if isinstance(part, Markup) else html.escape(part) for part in content if part)
    )
