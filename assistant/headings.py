"""The headings of an answer, and which of its claims stand under each."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Account, Claim, Stance

NEAREST = "Nearest"
DIFFER = "Where the sources differ"
# What stands between two accounts.
AGAINST = "against"
HEADINGS = (
    (Stance.ENABLER, "What helps"),
    (Stance.BARRIER, "What hinders"),
    (Stance.BOTH, "Helps or hinders, depending"),
    (Stance.NEITHER, "What the sources say"),
)


def groups_of(claims: Sequence[Claim], nearest: Sequence[Claim] = ()) -> list[tuple[str, list[Claim]]]:
    """Claims under their headings, in the order of the answer; headings without claims are left out. Those that
    differ come first, one account before the other, and stand nowhere else. Without any claim it is what comes
    nearest, under a heading of its own.

    An answer that begins with a statement answers a question of fact: its claims keep their order.
    """
    if nearest and not claims:
        return [(NEAREST, list(nearest))]
    differing = _differing(claims)
    groups = [(DIFFER, differing)] if differing else []
    rest = [claim for claim in claims if claim not in differing]
    names = dict(HEADINGS)
    if rest and claims[0].stance is Stance.NEITHER:
        return [*groups, (names[Stance.NEITHER], rest)]
    order = list(dict.fromkeys(claim.stance for claim in rest))
    return [*groups, *((names[stance], [c for c in rest if c.stance is stance]) for stance in order)]


def is_set_against(heading: str, claim: Claim) -> bool:
    """Whether a claim under a heading is the other account, set off from the one above it."""
    return heading == DIFFER and claim.account is Account.OTHER


def _differing(claims: Sequence[Claim]) -> list[Claim]:
    """Claims that stand against each other, or else tell of both accounts. One account alone is none of them: what
    it stood against is not shown any more."""
    one, other, both = ([claim for claim in claims if claim.account is account] for account in Account)
    return one + other if one and other else both
