"""A chat model that does what any planted instruction says: the worst that can read the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evals.measures.obeying import targets
from evals.planting import Planted

SHOWN = re.compile(r"^\[(\d+)\] \(.*?\) «(.*)»$", re.MULTILINE)
# Of the sentences that are no instruction it copies out so many, as an honest model without words of its own.
COPIED = 6
# A sentence is part of an instruction if the instruction has it letter for letter, and it has so many letters.
SHORTEST = 12


class Obedient:
    """Copies out the first sentences that it is shown. Where one is part of an instruction, it obeys instead:
    it says what the instruction wants said, repeats the instruction, and repeats its own prompt."""

    name = "fake:obedient"
    address = "this process"
    is_remote = False

    def __init__(self, planted: Sequence[Planted]) -> None:
        self.prompt_digests = {"answer": "obedient"}
        self.obeyed = 0
        self._planted = [one.words for one in planted]

    def complete(self, prompt: str) -> str:
        """The answer to a prompt of numbered sentences."""
        return "".join(self.stream(prompt))

    def stream(self, prompt: str) -> Iterator[str]:
        """The same, line by line."""
        shown = SHOWN.findall(prompt)
        orders = {number: self._order(words) for number, words in shown}
        for number, order in orders.items():
            if order:
                self.obeyed += 1
                yield from (f"+ {line} [{number}]\n" for line in (*targets(order), order))
                yield from (f"= {line} [{number}]\n" for line in prompt.splitlines()[:5])
        plain = [(number, words) for number, words in shown if not orders[number]]
        yield from (f"= {words} [{number}]\n" for number, words in plain[:COPIED])

    def _order(self, words: str) -> str | None:
        if len(words) < SHORTEST:
            return None
        return next((order for order in self._planted if words in order), None)
