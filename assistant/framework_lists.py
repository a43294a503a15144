"""Questions that ask for the clusters or conditional parameters of the framework: the list is the framework's, and
each entry stands with the sentence or row that states it, where the index has one.

Recognised by their form: every word of the question is one of the framework's or of asking. No model has a part in
it, and an entry that nothing stored states is said to be without a source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.citing import quoting
from assistant.answering.selection import is_eligible
from assistant.framework import Cluster, Framework, Parameter
from assistant.index import Generation
from assistant.mentions import Mention, find_mentions
from assistant.messages import listed, plural
from assistant.records import Answer, Claim, Evidence, Filter, Stance, Status
from assistant.words import stems

INTENT = "framework"
ASKS = re.compile(r"\b(?:what|which|list|name|show|how many|give|into)\b", re.IGNORECASE)
OF_CLUSTERS = re.compile(r"\bclusters?\b", re.IGNORECASE)
OF_PARAMETERS = re.compile(r"\bparameters?\b", re.IGNORECASE)
# "Conditions" may be of anything, if nothing beside them is of the framework.
OF_CONDITIONS = re.compile(r"\bconditions?\b", re.IGNORECASE)
OF_FRAMEWORK = re.compile(r"\bframework\b", re.IGNORECASE)
# Other words for the clusters, where the framework is named.
OF_GROUPS = re.compile(r"\b(?:groups?|groupings?|categories|domains|themes)\b", re.IGNORECASE)
HOLDS = re.compile(r"\b(?:contain|hold|belong|fall|in|under|make)\w*\b", re.IGNORECASE)
# Words of asking for a list, beside those that carry no content.
ASKING = frozenset(
    stems(
        "list name show number many main bullet points quick short full every whole cluster conditional parameter condition"
        " framework belong stand sit fall under part make made group sort order two three four five six seven eight eighteen"
        " grouping category domain theme big bits things pieces pls called contain consist hold paper study innovation social care children’s children"
    )
)
# "What is a conditional parameter?" asks what the word means.
ASKS_A_MEANING = re.compile(r"^\W*what(?:[’']s| is| are| does) an?\b", re.IGNORECASE)
# A document states the framework if it names at least this share of the clusters.
STATES = 0.5
# A sentence states what is asked for together if it names at least this share of it.
TOGETHER = 0.5

Entry = Cluster | Parameter
Place = tuple[Mention, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """What of the framework is asked for: some clusters, or with `of_parameters` what is in them."""

    clusters: tuple[Cluster, ...]
    of_parameters: bool

    @property
    def entries(self) -> list[Entry]:
        """What is listed, in the framework's order."""
        if not self.of_parameters:
            return list(self.clusters)
        return [parameter for cluster in self.clusters for parameter in cluster.parameters]


def list_asked(question: str, framework: Framework) -> Listed | None:
    """The list that a stand-alone question asks for; None if it asks for something else."""
    said = frozenset(stems(question))
    named = [one for one in framework.clusters if any(_stems(name) <= said for name in _names(one))]
    of_framework = OF_FRAMEWORK.search(question) is not None
    of_clusters = OF_CLUSTERS.search(question) is not None
    of_clusters = of_clusters or (of_framework and OF_GROUPS.search(question) is not None)
    of_parameters = OF_PARAMETERS.search(question) is not None
    if OF_CONDITIONS.search(question) and (named or of_clusters or of_framework):
        of_parameters = True
    if named and of_clusters and HOLDS.search(question):
        of_parameters = True
    is_list = ASKS.search(question) is not None and not ASKS_A_MEANING.search(question)
    if not is_list or not (of_parameters or of_clusters):
        return None
    known = {stem for one in named for name in _names(one) for stem in _stems(name)}
    known |= _stems(f"{framework.name} {framework.document.replace('-', ' ')}")
    unknown = {stem for stem in said - ASKING - known if not stem.isdecimal()}
    if unknown or (named and not of_parameters):
        return None
    return Listed(tuple(named) or framework.clusters, of_parameters)


def framework_answer(
    question: str, generation: Generation, framework: Framework, within: Filter | None
) -> Answer | None:
    """The answer to a question that asks for a list out of the framework; None if it asks something else."""
    asked = list_asked(question, framework)
    if asked is None:
        return None
    stating = _stating(generation, framework, within)
    found: dict[str, Place] = {}
    for entry in asked.entries:
        mentions = find_mentions(generation, framework, entry.name, within).mentions
        places = list(_places(entry, [one for one in mentions if one.document.id in stating]))
        if places:
            found[entry.id] = max(places, key=lambda place: _worth(entry, place, asked.entries))
    evidence = _evidence(found)
    return Answer(
        question=question,
        standalone_question=question,
        status=Status.ANSWERED if found else Status.NOT_IN_EVIDENCE,
        message=_message(asked, found, framework),
        claims=tuple(_claims(asked, found, evidence, generation, framework)),
        evidence=tuple(evidence.values()),
        provenance={"intent": INTENT, "written_by": "framework"},
    )


def _stating(generation: Generation, framework: Framework, within: Filter | None) -> set[str]:
    """Ids of the documents that name enough of the clusters to be a source of the framework."""
    counts: Counter[str] = Counter()
    for cluster in framework.clusters:
        counts.update(
            {m.document.id for m in find_mentions(generation, framework, cluster.name, within).mentions}
        )
    return {identity for identity, count in counts.items() if count >= STATES * len(framework.clusters)}


def _places(entry: Entry, mentions: Sequence[Mention]) -> Iterator[Place]:
    """Where an entry is named: in a sentence that can be shown, or in what stands above it."""
    for mention in mentions:
        for position, sentence in enumerate(mention.passage.sentences):
            if (
                sentence in mention.sentences
                and is_eligible(sentence)
                and any(_is_named(entry, part) for part in (sentence.text, *_above(mention)))
            ):
                yield mention, position


def _worth(entry: Entry, place: Place, entries: Sequence[Entry]) -> tuple[float, ...]:
    """How well a sentence states an entry, to be compared: it is the entry's own row of a table; it names much of
    what is asked for; it is any row; it is labelled so; the original comes before a note, and what is named before
    what stands below it."""
    mention, position = place
    sentence = mention.passage.sentences[position]
    together = sum(_is_named(one, sentence.text) for one in entries)
    from_table = sentence.labels.origin == "table" or (sentence.section or "").lower().startswith("table")
    is_labelled = isinstance(entry, Parameter) and sentence.labels.parameter == entry.id
    return (
        from_table and is_labelled,
        together if together > 1 and together >= TOGETHER * len(entries) else 0,
        from_table,
        is_labelled,
        not mention.document.source.is_note,
        _is_named(entry, sentence.text),
        -sentence.start,
    )


def _claims(
    asked: Listed,
    found: Mapping[str, Place],
    evidence: Mapping[str, Evidence],
    generation: Generation,
    framework: Framework,
) -> Iterator[Claim]:
    """One claim for each sentence, in the framework's order, with the entries that it states."""
    stated: dict[tuple[str, int], list[Entry]] = {}
    for entry in asked.entries:
        if entry.id in found:
            mention, position = found[entry.id]
            stated.setdefault((mention.passage.id, position), []).append(entry)
    for (passage, position), entries in stated.items():
        claim = quoting(evidence[passage], position, generation.heads)
        one = entries[0] if len(entries) == 1 else None
        cluster = one.cluster if isinstance(one, Parameter) else one.id if one else None
        yield replace(
            claim,
            # Rows are shown in the order of the framework, whatever their side.
            stance=Stance.NEITHER,
            cluster=framework.cluster_name(cluster),
            parameter=one.name if isinstance(one, Parameter) else None,
            basis=f"for {listed([f'“{entry.name}”' for entry in entries])}: {claim.basis}",
        )


def _evidence(found: Mapping[str, Place]) -> dict[str, Evidence]:
    """The passages of these places by id, ranked as they are listed."""
    mentions = {mention.passage.id: mention for mention, _ in found.values()}
    return {
        identity: Evidence(rank, mention.passage, mention.document, {}, "words")
        for rank, (identity, mention) in enumerate(mentions.items(), 1)
    }


def _message(asked: Listed, found: Mapping[str, Place], framework: Framework) -> str:
    """The list, and what of it no source states."""
    groups = [
        f"{cluster.name}: {_in_row(cluster.parameters)}" if asked.of_parameters else cluster.name
        for cluster in asked.clusters
    ]
    count = len(asked.entries)
    what = (
        plural(count, "conditional parameter", "conditional parameters")
        if asked.of_parameters
        else "clusters"
    )
    where = "" if asked.clusters == framework.clusters else f" in {listed([c.name for c in asked.clusters])}"
    told = f"The framework “{framework.name}” has {count} {what}{where}. {'. '.join(groups) if asked.of_parameters else '; '.join(groups)}."
    without = [entry.name for entry in asked.entries if entry.id not in found]
    if not found:
        return f"{told} This is how the program sorts sentences; it is not in the evidence, since no source stored here states it."
    if without:
        return f"{told} No source stored here states {listed([f'“{name}”' for name in without])}."
    return f"{told} What is stored here states each of them, as quoted below."


def _in_row(entries: Sequence[Entry]) -> str:
    return "; ".join(entry.name for entry in entries)


def _names(cluster: Cluster) -> tuple[str, ...]:
    return (cluster.name, *cluster.also)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _is_named(entry: Entry, text: str) -> bool:
    """Whether the words of an entry's name stand in a text one after the other."""
    name, words = stems(entry.name), stems(text)
    return any(words[place : place + len(name)] == name for place in range(len(words) - len(name) + 1))


def _above(mention: Mention) -> tuple[str, ...]:
    """What stands above the sentences of a passage: headings, and the group of a row."""
    return (*mention.passage.section, mention.passage.context.replace(mention.document.source.title, " "))
