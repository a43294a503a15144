"""Questions beside sentences that answer them or do not, as training examples for the reader, in which how a question
opens tells nothing.

A near miss asks for a precise fact more often than a question that is answered, so that a model may learn to tell them
by "how many" without reading any sentence. So near misses have twins: questions put in the same form that a sentence
answers (`texts/twins.jsonl`); each question stands beside a right sentence and beside a wrong one; and among questions
that open alike, right and wrong are brought to the same number.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.encoding.minilm import MiniLM
from assistant.reader.heads import Head
from assistant.sentences import sentence_spans
from evals.training.examples import Example, Mixture, Ranking
from evals.training.made_up import load_documents
from evals.training.own_texts import ANY_NOTE, SAME_NOTE, TEXTS, declines, findings

# A question stands beside one of so many sentences of its document that come nearest to it and do not answer it.
NEAREST = 4
# The shares of wrong texts that are of these, and any of the same document; the rest is of others.
NEAR, SAME = 0.5, 0.25
# Words by which it is told what is asked for only together with the one that follows.
LEADING = ("how", "what", "in", "at", "by", "on", "to", "for")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the sentences of its document that answer it, by number; with none it is a near miss."""

    question: str
    group: str
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All questions, and by document the texts that can stand beside them."""

    asked: Sequence[Asked]
    texts: dict[str, list[str]]


def load_balanced(seed: int) -> Mixture:
    """Our own questions, balanced; the draw of others depends on the seed alone."""
    generator = random.Random(seed)
    library = Library(list(_all_asked(texts := _texts())), texts)
    mixture = Mixture(list(declines()), list(_rankings(library, generator)))
    mixture.examples += balance(library, _near(library), generator)
    return mixture


def opening(question: str) -> str:
    """The words with which a question opens, by which its form is told: "how many", "which"."""
    words = "".join(c if c.isalpha() else " " for c in question.lower()).split()
    return " ".join(words[: 2 if words and words[0] in LEADING else 1])


def _texts() -> dict[str, list[str]]:
    """The findings of each note, and the sentences of each made-up document."""
    texts: dict[str, list[str]] = defaultdict(list)
    for finding in findings().values():
        texts[finding.note].append(finding.text)
    for made_up in load_documents():
        for paragraph in made_up.written["paragraphs"]:
            texts[made_up.group] += [paragraph[start:end] for start, end in sentence_spans(paragraph)]
    return texts


def _all_asked(texts: dict[str, list[str]]) -> Iterator[Asked]:
    known = findings()
    twins: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in (TEXTS / "twins.jsonl").read_text(encoding="utf-8").splitlines():
        twin = json.loads(line)
        twins[twin["of"]].append((twin["question"], twin["answer"]))
    for line in (TEXTS / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        finding = known[entry["id"]]
        right: tuple[int, ...] = (texts[finding.note].index(finding.text),)
        for question in (*entry["questions"], *(question for question, _ in twins[entry["id"]])):
            yield Asked(question, finding.note, right)
        for question in entry["near_miss"]:
            yield Asked(question, finding.note, ())
    for made_up in load_documents():
        own = texts[made_up.group]
        answered = [
            (one["question"], [answer["sentence"] for answer in one["answers"]])
            for one in made_up.written["questions"]
        ]
        answered += [(question, [answer]) for question, answer in twins[made_up.written["id"]]]
        for question, answers in answered:
            right = tuple(
                n for n, text in enumerate(own) if any(text in one or one in text for one in answers)
            )
            if right:
                yield Asked(question, made_up.group, right)
        for question in made_up.written["near_miss"]:
            yield Asked(question, made_up.group, ())


def _near(library: Library) -> list[list[int]]:
    """For each question the sentences of its document that come nearest and do not answer it, by number."""
    encoder = MiniLM()
    vectors = {
        group: np.array([one.passage for one in encoder.encode_passages([(text, []) for text in texts])])
        for group, texts in library.texts.items()
    }
    near = []
    for one in library.asked:
        order = np.argsort(-(vectors[one.group] @ encoder.encode_query(one.question)), kind="stable")
        near.append([int(n) for n in order if n not in one.right][:NEAREST])
    return near


def balance(library: Library, near: Sequence[Sequence[int]], generator: random.Random) -> list[Example]:
    """Each question beside a right and a wrong text, and more of what is rarer among those that open alike."""
    by_form: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(library.asked):
        by_form[opening(one.question)].append(number)
    examples = []
    for form in sorted(by_form):
        numbers = by_form[form]
        answered = [number for number in numbers if library.asked[number].right]
        if not answered:
            continue
        right = answered + generator.choices(answered, k=len(numbers) - len(answered))
        for number in right:
            one = library.asked[number]
            text = library.texts[one.group][generator.choice(one.right)]
            examples.append(Example(Head.RELEVANCE, one.question, text, 1, one.group))
        # Near misses stand beside wrong texts alone; each answered question does once as well.
        for number in numbers:
            one = library.asked[number]
            text = _wrong(library, one, near[number], generator)
            examples.append(Example(Head.RELEVANCE, one.question, text, 0, one.group))
    return examples


def _wrong(library: Library, one: Asked, near: Sequence[int], generator: random.Random) -> str:
    """A text that does not answer a question."""
    drawn, own = generator.random(), library.texts[one.group]
    if near and drawn < NEAR:
        return own[generator.choice(near)]
    others = [text for number, text in enumerate(own) if number not in one.right]
    if others and drawn < NEAR + SAME:
        return generator.choice(others)
    return _of_another(library, one, generator)


def _of_another(library: Library, one: Asked, generator: random.Random) -> str:
    """Any text of another document."""
    groups = [group for group in sorted(library.texts) if group != one.group]
    return generator.choice(library.texts[generator.choice(groups)])


def _rankings(library: Library, generator: random.Random) -> Iterator[Ranking]:
    """A third of the answered questions, each with a right text first and others of its document and of any."""
    for one in library.asked:
        if not one.right or generator.random() < 2 / 3:
            continue
        own = library.texts[one.group]
        others = [text for number, text in enumerate(own) if number not in one.right]
        drawn = generator.sample(others, min(SAME_NOTE, len(others)))
        drawn += [_of_another(library, one, generator) for _ in range(ANY_NOTE)]
        yield Ranking(one.question, (own[generator.choice(one.right)], *drawn), one.group)
