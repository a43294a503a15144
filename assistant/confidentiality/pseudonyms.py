"""Names → codes, by a map that the researcher writes or confirms.

The map is a TOML file that only its owner can read. It stays apart from the index, and is never read
as a document. What it does not name stays as it is: this is no anonymisation.
"""

from __future__ import annotations

import itertools
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadInput
from assistant.permissions import PRIVATE

SECTIONS = ("speakers", "others")
HEAD = """\
# Names and the codes that stand for them. Keep this file apart from the index and from what you share.
# Look through it: change codes, add people, places and organisations under [others], then set confirmed = true.
confirmed = false
"""


@dataclass(frozen=True, slots=True)
class PseudonymMap:
    """Names and codes. `is_confirmed` tells whether the researcher has looked through it."""

    speakers: Mapping[str, str]
    others: Mapping[str, str]
    is_confirmed: bool

    @property
    def codes(self) -> dict[str, str]:
        """All names with their codes."""
        return {**self.others, **self.speakers}

    def replaced(self, text: str, *, in_small_letters: bool = False) -> tuple[str, int]:
        """A text with codes for names, and how many were replaced. The longest name goes first.

        With `in_small_letters` names are found however they are written.
        """
        codes = {name.casefold() if in_small_letters else name: code for name, code in self.codes.items()}
        flags = re.IGNORECASE if in_small_letters else 0
        if not codes:
            return text, 0
        longest_first = sorted(codes, key=lambda name: (-len(name), name))
        names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)

        def code(match: re.Match[str]) -> str:
            name = " ".join(match.group().split())
            return codes.get(name.casefold() if in_small_letters else name, name)

        return re.subn(rf"(?<!\w)(?:{names})(?!\w)", code, text, flags=flags)


def load_map(path: Path) -> PseudonymMap:
    """The map in a file, whose permissions are made tight. Raises BadInput."""
    try:
        form = tomllib.loads(path.read_text(encoding="utf-8"))
        path.chmod(PRIVATE)
    except (OSError, ValueError) as error:
        raise BadInput(f"The map {path} cannot be read: {error}.") from error
    sections = [form.get(name, {}) for name in SECTIONS]
    for section in sections:
        if not isinstance(section, dict) or not all(
            isinstance(code, str) and code.strip() and name.strip() for name, code in section.items()
        ):
            raise BadInput(f"The map {path} needs a code in quotation marks for each name.")
    speakers, others = ({" ".join(name.split()): code for name, code in part.items()} for part in sections)
    twice = {code for code, count in Counter(speakers.values()).items() if count > 1}
    if twice:
        raise BadInput(f"The map {path} gives several speakers the code {', '.join(sorted(twice))}.")
    # A map without the line was written by the researcher, who knows what stands in it.
    return PseudonymMap(speakers, others, form.get("confirmed", True) is True)


def propose_map(path: Path, names: Iterable[str], taken: Iterable[str]) -> None:
    """Write a map to be confirmed, with a code for each name that nobody has yet. Raises BadInput if there
    is a file already."""
    given = set(taken)
    numbers = (number for number in itertools.count(1) if f"P{number}" not in given)
    lines = [
        f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(f'P{number}')}"
        for name, number in zip(sorted(names), numbers, strict=False)
    ]
    text = "\n".join([HEAD, "[speakers]", *lines, "", "[others]", ""])
    try:
        path.touch(mode=PRIVATE, exist_ok=False)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"The map {path} cannot be written: {error.strerror}.") from error
