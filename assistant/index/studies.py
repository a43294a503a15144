"""Files of one study count once: a document joins the study of the note that has its DOI or title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.records import DocumentHead, Origin, Source


def with_study_groups(heads: Iterable[DocumentHead]) -> list[DocumentHead]:
    """The documents, each that states no study group with that of another with its DOI or title."""
    known = list(heads)
    groups = {
        key: head.source.study_group
        for head in known
        if head.source.study_group
        for key in _keys(head.source)
    }
    return [_joined(head, groups) for head in known]


def _joined(head: DocumentHead, groups: dict[str, str]) -> DocumentHead:
    if head.source.study_group:
        return head
    group = next((groups[key] for key in _keys(head.source) if key in groups), None)
    if group is None:
        return head
    origins = (*head.source.origins, ("study_group", Origin.STUDY.value))
    return replace(head, source=replace(head.source, study_group=group, origins=origins))


def _keys(source: Source) -> list[str]:
    """DOI and title in a form that survives case, punctuation and added subtitles in brackets."""
    keys = [f"doi:{source.doi.lower()}"] if source.doi else []
    title = re.sub(r"\W+", " ", re.sub(r"[\[(].*?[\])]", " ", source.title)).strip().lower()
    if len(title.split()) >= 3:
        keys.append(f"title:{title}")
    return keys
