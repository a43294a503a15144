"""The README's numbers, written by the command that measures them, so that they cannot rot."""

from __future__ import annotations

from pathlib import Path

from evals.runs import Measured, Run, RunError

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- numbers: python -m evals -->", "<!-- end -->"
# Name of a measure → what it says to somebody who has not read its definition.
MAIN = {
    "gold found at 5": "of the passages known to answer, found among the first 5",
    "gold found at 10": "… among the first 10",
    "nDCG at 10": "the same, weighed by rank",
    "gold cited": "of the passages known to answer, cited in the answer",
    "key facts told": "of the facts that a good answer tells, told (by their words)",
    "quotation verbatim": "quotations that are their document's text, letter for letter",
    "right speaker": "citations with the interviewee that the document gives",
    "right voice": "citations with the right voice (interviewee, authors, cited work)",
    "both sides": "questions about both sides that get both",
    "right abstention": "questions without an answer that are met with silence",
    "wrong abstention": "questions with an answer that are met with silence (lower is better)",
    "right decline": "questions to decline that are declined",
    "over-decline": "harmless questions that are declined (lower is better)",
    "sources-differ found": "disagreements of sources that are told",
    "sources-differ made up": "disagreements told where there are none (lower is better)",
    "case right": "questions that ended as they must, with a known passage cited",
}


def numbers(run: Run) -> str:
    """The block between the marks: the main measures with n and interval, the date and the index."""
    rows = [_row(one, MAIN[one.name]) for one in run.measures if one.name in MAIN]
    about = run.about
    return "\n".join(
        [
            BEGIN,
            "| measure | what it says | mean [95 % interval] | n |",
            "|---|---|---|---|",
            *rows,
            "",
            f"{about['cases']} questions over {about['documents']} notes, index `{about['index']}`, {about['date']}.",
            END,
        ]
    )


def fill(path: Path, run: Run) -> None:
    """Write the numbers between the marks. Raises RunError if the marks are not there, once each."""
    text = path.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise RunError(f"{path}: the marks {BEGIN} and {END} must stand there once, in this order")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    path.write_text(before + numbers(run) + after, encoding="utf-8")


def _row(one: Measured, meaning: str) -> str:
    estimate = one.estimate()
    if estimate.n == 0:
        return f"| {one.name} | {meaning} | not judged | 0 |"
    interval = f"{estimate.mean:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"
    return f"| {one.name} | {meaning} | {interval} | {estimate.n} |"
