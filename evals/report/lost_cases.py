"""The parts of the page that show items: what got worse, and each one that was lost with what was asked,
found, chosen and cited."""

from __future__ import annotations

from typing import Any

from evals.compare import Comparison, Loss
from evals.lost import Step
from evals.report.markup import Markup, tag, together
from evals.runs import Run, Stretch
from evals.table import way_of

HINT = (
    "Gold passages are sufficient, not the only right ones: where an answer rests on other good passages, the "
    "case counts as lost here though a reader may find it right."
)
TOLD = {"id", "case", "question", "step", "gold", "found", "chosen", "previous", "key_facts", "must_not"}


def losses_section(comparison: Comparison) -> Markup:
    """The questions that got worse since the run compared with."""
    count = len(comparison.losses)
    words = f"{count} {'question' if count == 1 else 'questions'} got worse, {len(comparison.gains)} better."
    rest = f" {comparison.unpaired} are in one run alone or were changed." if comparison.unpaired else None
    return tag(
        "section",
        tag("h2", "What got worse"),
        tag("p", words, rest),
        tag("ul", *(_loss(loss) for loss in comparison.losses)) if comparison.losses else None,
    )


def lost_section(run: Run) -> Markup | None:
    """Each item that was lost, by step."""
    lost = [item for item in run.items if item.get("step")]
    if not lost:
        return None
    steps = [step.value for step in Step if any(item["step"] == step.value for item in lost)]
    steps += sorted({str(item["step"]) for item in lost} - set(steps))
    parts = []
    for step in steps:
        own = [item for item in lost if item["step"] == step]
        parts.append(tag("h3", f"{step} ({len(own)})", id=_anchor(step)))
        parts += [_item(item, run.stretches) for item in own]
    return tag(
        "section",
        tag("h2", "Where questions were lost"),
        tag("p", HINT, class_="hint"),
        tag("nav", *(tag("a", step, href=f"#{_anchor(step)}") for step in steps)),
        *parts,
    )


def _loss(loss: Loss) -> Markup:
    fallen = "; ".join(f"{name} {was:.2f} → {now:.2f}" for name, (was, now) in loss.fallen.items())
    return tag(
        "li",
        tag("strong", loss.item),
        f": {way_of(loss)}. {loss.question}",
        tag("span", fallen, class_="where") if fallen else None,
    )


def _item(item: dict[str, Any], stretches: dict[str, Stretch]) -> Markup:
    facts = [(key, str(value)) for key, value in item.items() if key not in TOLD and value not in ("", None)]
    rows = [_pair("before it", *(tag("div", turn) for turn in item.get("previous", ())))]
    rows += [_pair(key, value) for key, value in facts]
    rows += [_pair("must not", "; ".join(item.get("must_not", ())))]
    rows += [_pair("key facts", _list("ul", [tag("li", fact) for fact in item.get("key_facts", ())]))]
    rows += [_pair("gold", _list("ul", [_gold(gold, stretches) for gold in item.get("gold", ())]))]
    rows += [_pair("chosen", _list("ol", [_claim(claim, stretches) for claim in item.get("chosen", ())]))]
    keys = {gold["stretch"]: gold for gold in item.get("gold", ())}
    found = [_shown(key, stretches, keys) for key in item.get("found", ())]
    return tag(
        "details",
        tag("summary", tag("span", str(item["id"]), class_="id"), str(item.get("question", ""))),
        tag("dl", *rows),
        tag("details", tag("summary", f"found, best first ({len(found)})"), _list("ol", found))
        if found
        else None,
    )


def _gold(gold: dict[str, Any], stretches: dict[str, Stretch]) -> Markup:
    place = "not in the index" if not gold["in the index"] else "not found"
    if gold["rank"]:
        place = f"found at {gold['rank']}"
    return tag(
        "li",
        _words(gold["stretch"], stretches),
        tag("span", f"{gold['file']}: {place}, {'cited' if gold['cited'] else 'not cited'}", class_="where"),
    )


def _claim(claim: dict[str, Any], stretches: dict[str, Stretch]) -> Markup:
    told = ", ".join(part for part in (claim["stance"], claim["support"], claim["reason"]) if part)
    return tag(
        "li",
        tag("div", claim["words"]) if claim["words"] else None,
        *(
            together(_words(key, stretches), tag("span", _where(key, stretches), class_="where"))
            for key in claim["cited"]
        ),
        tag("span", told, class_="where"),
    )


def _shown(key: str, stretches: dict[str, Stretch], golds: dict[str, Any]) -> Markup:
    """A passage that was found, marked if it holds the words of a gold stretch."""
    words = stretches[key].words if key in stretches else ""
    is_gold = any(stretches[gold].words in words for gold in golds if gold in stretches)
    return tag(
        "li",
        _words(key, stretches),
        tag("span", _where(key, stretches), " – holds gold" if is_gold else None, class_="where"),
        class_="gold" if is_gold else None,
    )


def _words(key: str, stretches: dict[str, Stretch]) -> Markup:
    """The words of a stretch; a saved run names it only."""
    return tag("blockquote", stretches[key].words if key in stretches else key)


def _where(key: str, stretches: dict[str, Stretch]) -> str:
    return stretches[key].where if key in stretches else ""


def _pair(name: str, *content: str | None) -> Markup | None:
    return together(tag("dt", name), tag("dd", *content)) if any(content) else None


def _list(kind: str, entries: list[Markup]) -> Markup | None:
    return tag(kind, *entries) if entries else None


def _anchor(step: str) -> str:
    return step.replace(" ", "-")
