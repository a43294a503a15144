"""Prompts as files: Markdown with front matter that names their variables, and a digest of each."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.errors import SettingsError
from assistant.resources import prompts_directory

VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with `{name}` where a variable goes; `digest` is of the file, twelve hex digits."""

    name: str
    template: str
    variables: frozenset[str]
    digest: str

    def fill(self, **values: str) -> str:
        """The prompt with its variables filled in. Text that is put in is not read as a template."""
        missing = self.variables - values.keys()
        if missing:
            raise SettingsError(f"The prompt {self.name} needs {', '.join(sorted(missing))}.")
        return VARIABLE.sub(lambda match: values.get(match[1], match[0]), self.template)


def load_prompt(name: str, directory: Path | None = None) -> Prompt:
    """The prompt `name` of a directory; of the bundled ones without it.

    Raises SettingsError if it is missing or its variables are not as declared.
    """
    path = (directory or prompts_directory()) / f"{name}.md"
    try:
        text = path.read_text(encoding="utf-8")
        _, head, body = text.split("---\n", 2)
        declared = frozenset(yaml.safe_load(head)["variables"])
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise SettingsError(f"The prompt {path} cannot be read: {error}.") from error
    used = frozenset(VARIABLE.findall(body))
    if used != declared:
        raise SettingsError(
            f"The prompt {path} declares {sorted(declared)} and uses {sorted(used)}; make them the same."
        )
    return Prompt(name, body.strip(), declared, hashlib.sha256(text.encode()).hexdigest()[:12])
