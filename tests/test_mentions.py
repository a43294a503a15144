"""Mentions: all of them, nothing else, and counts with what they are out of."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.word_index import quoted
from assistant.mentions import Mentions, find_mentions
from assistant.records import Extent, Filter, Passage, Stance, Voice
from assistant.words import stems
from tests.builders import index_over
from tests.fakes import FakeEncoder

NOTE = """---
title: "The lantern model in Northvale"
year: 2018
kind: study
country: [Northvale]
read: full
study_group: lantern
---
# The lantern model

- Families trusted their leader to keep promises. [section: Results; voice: authors; stance: enabler; parameter: leadership]
- Short grants stopped the work. [section: Results; voice: authors; stance: barrier; parameter: none]
- We never trust leaders here, said one worker (P4). [section: Voices; voice: participant; speaker: P4; stance: barrier; parameter: none]
- Weekly coaching helps teams. [section: Results; voice: authors; stance: enabler; parameter: none]
- Two workers found trust in each other (P4, P9). [section: Voices; voice: participant; speaker: P4, P9; stance: enabler; parameter: trust-emotions-relationships]
"""
FOLLOW_UP = """---
title: "Lanterns, five years on"
year: 2023
kind: study
read: full
study_group: lantern
---
# Lanterns

- Leadership kept the lanterns lit. [section: Results; voice: authors; stance: enabler; parameter: leadership]
- A worker lost her trust in leaders (P4). [section: Voices; voice: participant; speaker: P4; stance: barrier; parameter: none]
"""
PAPER = (
    "# Trust in leaders at the harbour\n\nShared meals helped the circles last through winter.\n\n"
    "## Leaders of circles\n\nTrust grew slowly between the neighbours there.\n"
)
TABLE = "# Orchard letters\n\nA survey was made.\n\n| Trust in leaders | share |\n| --- | --- |\n| High | 12 |\n| Low | 88 |\n"
OTHER = "# Mill stories\n\nThe mill was closed, and trustees of the mill led nobody.\n"
FILES = {
    "lantern.md": NOTE,
    "later.md": FOLLOW_UP,
    "harbour.md": PAPER,
    "orchard.md": TABLE,
    "mill.md": OTHER,
}
FRAMEWORK = load_framework()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_over(tmp_path_factory.mktemp("mentions"), FakeEncoder(), FILES)


def mentions(index: Index, words: str, within: Filter | None = None) -> Mentions:
    return find_mentions(index.live(), FRAMEWORK, words, within)


def texts(found: Mentions) -> list[tuple[str, str]]:
    """(file, first sentence that speaks of it) of each mention."""
    return [(mention.document.name, mention.sentences[0].text) for mention in found.mentions]


# What is a mention


def test_every_passage_with_all_the_words_in_any_form_is_found(index: Index) -> None:
    found = mentions(index, "trusting a leader")

    assert found.terms == ("trusting", "leader")
    names = [name for name, _ in texts(found)]
    assert names == sorted(names, key=[head.name for head in found.documents].index)
    assert {"lantern.md", "later.md", "harbour.md", "orchard.md"} == set(names)
    said = " ".join(sentence.text for mention in found.mentions for sentence in mention.sentences)
    assert "trusted their leader" in said
    assert "never trust leaders" in said
    assert "lost her trust" in said


def test_words_may_stand_in_a_heading_or_above_a_table_but_not_in_the_title_alone(index: Index) -> None:
    found = {mention.passage.text: mention for mention in mentions(index, "trust in leaders").mentions}

    assert any("Trust grew slowly" in text for text in found)
    assert not any("Shared meals" in text for text in found)
    assert any("88" in text for text in found)
    assert not any("survey" in text for text in found)


def test_a_label_with_that_name_is_a_mention_without_the_words(index: Index) -> None:
    by_name = mentions(index, "Trust, emotions and relationships")
    by_id = mentions(index, "trust-emotions-relationships")

    assert [parameter.id for parameter in by_name.parameters] == ["trust-emotions-relationships"]
    assert ("label", ["Two workers found trust in each other (P4, P9)."]) in [
        (mention.by, [sentence.text for sentence in mention.sentences]) for mention in by_name.mentions
    ]
    assert by_id.mentions == by_name.mentions


def test_words_and_label_together_are_told_as_both(index: Index) -> None:
    by = {mention.sentences[0].text: mention.by for mention in mentions(index, "leadership").mentions}

    assert by == {
        "Leadership kept the lanterns lit.": "both",
        "Families trusted their leader to keep promises.": "label",
    }


@pytest.mark.parametrize(
    "words", ["trust", "trust in leaders", "circles", "mill", "weekly coaching", "winter meals"]
)
def test_nothing_that_speaks_of_it_is_left_out(index: Index, words: str) -> None:
    generation = index.live()
    found = {mention.passage.id for mention in mentions(index, words).mentions}
    every = [one for head in generation.heads for one in generation.catalogue.passages_of(head)]

    holding = {one.id for one in every if set(stems(words)) <= set(stems(one.text))}
    assert holding
    assert holding <= found


@pytest.mark.parametrize("words", ["", "  ", "the of and", "?!"])
def test_words_that_say_nothing_are_refused(index: Index, words: str) -> None:
    with pytest.raises(BadInput, match="no word to look for"):
        mentions(index, words)


@pytest.mark.parametrize(
    "words", ['"trust', "trust OR leaders)", "body:trust", "trust* NEAR(", "don't trust", "漢字"]
)
def test_no_spelling_is_an_error(index: Index, words: str) -> None:
    assert mentions(index, words).passages > 0


def test_quotation_marks_in_a_term_cannot_end_it() -> None:
    assert quoted('a"b') == '"a""b"'


# Counts


def test_counts_have_what_they_are_out_of(index: Index) -> None:
    found = mentions(index, "trust leaders")

    assert found.passages == index.live().passages
    assert len(found.documents) == 5
    assert set(found.studies) == {"lantern", *(h.id for h in found.documents if h.study_group == h.id)}
    assert len(found.studies) == 4
    assert found.speakers == {("lantern", "P4"), ("lantern", "P9")}


def test_documents_and_studies_that_are_silent_are_named(index: Index) -> None:
    found = mentions(index, "trust leaders")

    assert [head.name for head in found.silent_documents()] == ["mill.md"]
    assert [found.studies[group] for group in found.silent_studies()] == ["Mill stories"]
    assert {head.id for head, _ in found.by_document()}.isdisjoint({h.id for h in found.silent_documents()})


def test_a_speaker_of_one_study_counts_once_over_its_files(index: Index) -> None:
    found = mentions(index, "trust leaders")

    assert found.by_speaker() == [(("lantern", "P4"), 2)]
    assert dict(found.by_study())["lantern"] == sum(
        count for head, count in found.by_document() if head.study_group == "lantern"
    )


def test_a_speaker_says_what_one_of_their_sentences_holds_whole(tmp_path: Path) -> None:
    files = {
        "talk.md": "# Trust among neighbours\n\n## Trust\n\n“Leaders come and go” (P1).\n\n"
        "“We had trust once” (P2). “Leaders are few” (P2).\n\n“We trust our leaders” (P3).\n"
    }
    found = mentions(index_over(tmp_path, FakeEncoder(), files), "trust in leaders")
    (document,) = found.by_document()

    assert {code for (_, code), _ in found.by_speaker()} == {"P3"}
    assert [code for _, code in found.silent_speakers()] == ["P1", "P2"]
    assert document[1] == len(found.mentions)


def test_a_note_and_its_source_and_equal_titles_are_told_apart(tmp_path: Path) -> None:
    note = "---\ntitle: Boats\nread: abstract\nstudy_group: boats\n---\n# Boats\n\n"
    files = {
        "note.md": note
        + "- Boats were lent. [section: Results; voice: authors; stance: enabler; parameter: none]\n",
        "paper.md": "---\ntitle: Boats\nstudy_group: boats\n---\n# Boats\n\nThe boats were lent.\n",
        "gate.md": "---\ntitle: Gates\n---\n# Gates\n\nA gate was kept.\n",
        "second.md": "---\ntitle: Gates\n---\n# Gates\n\nTwo gates were kept.\n",
    }
    found = mentions(index_over(tmp_path, FakeEncoder(), files), "zeppelins")

    assert set(found.titles.values()) == {"note on: Boats", "Boats", "Gates (gate.md)", "Gates (second.md)"}
    assert found.extent("boats") is Extent.UNKNOWN


def test_counts_add_up_to_the_mentions(index: Index) -> None:
    found = mentions(index, "trust")

    assert sum(count for _, count in found.by_document()) == len(found.mentions)
    assert sum(count for _, count in found.by_study()) == len(found.mentions)


# Within a filter


def test_a_filter_by_document_narrows_what_is_looked_through(index: Index) -> None:
    found = mentions(index, "trust leaders", Filter(year=(2023, None)))

    assert [head.name for head in found.documents] == ["later.md"]
    assert [name for name, _ in texts(found)] == ["later.md"]
    assert found.speakers == {("lantern", "P4")}


def test_a_filter_by_sentence_asks_it_of_the_sentence_that_speaks_of_it(index: Index) -> None:
    found = mentions(index, "trust leaders", Filter(stance=(Stance.BARRIER,), voice=(Voice.PARTICIPANT,)))

    assert [len(mention.sentences) for mention in found.mentions] == [1] * len(found.mentions)
    assert {mention.document.name for mention in found.mentions} == {"lantern.md", "later.md"}
    assert len(found.documents) == 5


def test_another_sentence_of_the_passage_that_fits_is_not_enough(index: Index) -> None:
    spoken = "Families trusted their leader to keep promises."
    within = Filter(stance=(Stance.BARRIER,), voice=(Voice.AUTHORS,))

    [passage] = [mention.passage for mention in mentions(index, "families trusted").mentions]

    assert "Short grants stopped the work." in passage.text
    assert spoken in passage.text
    assert mentions(index, "families trusted", within).mentions == ()


def test_the_same_words_give_the_same_mentions_in_order(index: Index) -> None:
    found = mentions(index, "trust")

    assert found == mentions(index, "trust")
    order = [head.id for head in found.documents]

    def place(passage: Passage) -> tuple[int, int]:
        return order.index(passage.document), passage.start

    assert [m.passage for m in found.mentions] == sorted((m.passage for m in found.mentions), key=place)
