"""Where documents come from: RIS, BibTeX, CSL-JSON and `sources.toml` beside them.

`read_bibliography(path)` reads a file, `Library` puts what is known of a document together.
"""

from assistant.bibliography.describing import Library
from assistant.bibliography.entries import Bibliography, from_json, to_json
from assistant.bibliography.files import SUFFIXES, TABLES, closed_tables, is_bibliography, read_bibliography
from assistant.bibliography.incomplete import missing_fields, templates_for
from assistant.bibliography.matching import Reading

__all__ = [
    "SUFFIXES",
    "TABLES",
    "Bibliography",
    "Library",
    "Reading",
    "closed_tables",
    "from_json",
    "is_bibliography",
    "missing_fields",
    "read_bibliography",
    "templates_for",
    "to_json",
]
