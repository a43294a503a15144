"""Which questions are complete, which leave their subject out, and how those are read."""

from __future__ import annotations

import pytest

from assistant.followups import refers_back
from tests.conversing import after

OPENING = "What hinders scaling up peer mentoring?"
SUBJECT = "scaling up peer mentoring"

COMPLETE = """
Why does fidelity matter?
Why do pilots in adult care fail?
Why is change such a struggle in hospitals?
Why should councils share data?
Show me evidence on fidelity
Tell me about trust in leaders
Explain absorptive capacity
Describe the five clusters
Define co-design
Summarise what is known on trust
Barriers to integrated care
Evidence on supervision
Leadership and risk
fidelity versus adaptation
Staff resistance
What is mainstreaming?
What is knowledge?
What is workload?
What is sensemaking?
Who are meaningful partners?
Is there evidence that short breaks keep families together?
Is there a study that measured staff turnover?
Are there pilots that grew too fast?
Is it true that nurses are tired of change?
Is it possible to scale a pilot without money?
Is it leaders who decide whether a pilot goes on?
How long does it take to embed a new routine?
Does it matter who leads a change?
Is it hard for councils to innovate?
When there is no money, what should a council do?
If a pilot fails, who decides whether it goes on?
After a reform, which teams change most?
Do nurses feel that they have time for change?
What do families think of the services that they receive?
How do leaders build trust in their teams?
Which councils kept family hubs after their grants ended?
How does a team learn when it fails?
Should we adapt a programme or copy it?
What is co-design and how does it work?
How do you spread a pilot so that others copy it?
Who funded the pilot that tested remote working?
Do those who commission services pay for evaluation?
OK, what does the evidence say about risk aversion?
So what is the role of finance in reform?
But what is an intervention?
Now, what is a theory of change?
Then what role does leadership play?
And what helps foster carers stay?
When should one involve families?
What is the one thing that leaders should do first?
Is one of the barriers money?
In Wales, what helps foster carers?
I want to know about peer support.
Would a small charity innovate more easily?
What did the IT department want?
What did Carole Wilkinson say?
Do managers agree with social workers about risk?
Who trained the nurses of the ward?
Do the managers trust their teams?
""".strip().splitlines()

# What is put behind the question as it is worded.
WITH_SUBJECT = """
What did participants say?
What did the interviewees think?
Which sources disagree?
Is the evidence strong?
How strong is the evidence?
How recent are the studies?
How many studies?
List the sources
Any quotes?
Do practitioners agree?
Give me an example
Can you say that in plainer words?
How do you know?
What evidence is there?
""".strip().splitlines()
OF_THE_SUBJECT = """
What are the solutions?
What do the authors recommend?
What can managers do?
Who is affected most?
How many interviews were done in that study?
Is there a quote from a director?
Is there any research from Sweden?
What is known in Scotland?
What would help with that?
How is it measured?
Why is it hard?
Do nurses say that?
Does such a model last?
Does it work for nurses as well?
Who pays?
Which one works best?
How did nurses do so?
And where has that been tried?
And how do they lose it?
Who funded that programme?
Was the training of use there?
And the enablers?
Who came to the meetings?
What did the nurses learn?
What came out of the workshops?
Were the managers paid?
""".strip().splitlines()
MOVED = {
    "And in Wales?": "in Wales",
    "And Wales?": "in Wales",
    "What about Wales?": "in Wales",
    "Wales?": "in Wales",
    "Wales too?": "in Wales",
    "In Wales as well?": "in Wales",
    "And what about in Wales, then?": "in Wales",
    "and across europe": "across europe",
    "And with small teams?": "with small teams",
    "And by the NHS?": "by the NHS",
    "And between agencies?": "between agencies",
    "And from the view of families?": "from the view of families",
    "And on the islands?": "on the islands",
    "Among small, rural teams?": "among small and rural teams",
    "And in Scotland, Wales?": "in Scotland and Wales",
    "Even without money?": "without money",
    "Same question for nurses": "for nurses",
    "And when the funding ends?": "when the funding ends",
    "What if nobody pays?": "if nobody pays",
}
PHRASES = (
    "Managers?",
    "And social workers?",
    "What about training?",
    "And trust in leaders?",
    "And to families?",
)
IDIOMS = ("In other words?", "In practice?", "In brief?", "In a nutshell?", "For instance?", "For how long?")


@pytest.mark.parametrize("question", COMPLETE)
def test_a_complete_question_is_left_alone(question: str) -> None:
    assert after(OPENING, question) == question


@pytest.mark.parametrize("question", [*WITH_SUBJECT, *PHRASES, *IDIOMS, "Why?", "Tell me more", "Really?"])
def test_a_phrase_and_a_question_about_the_sources_keep_which_way_it_was_asked(question: str) -> None:
    assert after(OPENING, question) == f"{question} (about: {OPENING.rstrip('?')})"


@pytest.mark.parametrize("question", OF_THE_SUBJECT)
def test_a_question_that_asks_something_else_of_the_subject_gets_the_subject_alone(question: str) -> None:
    assert after(OPENING, question) == f"{question} (about: {SUBJECT})"


@pytest.mark.parametrize(("question", "phrase"), MOVED.items())
def test_another_place_group_time_or_condition_is_put_into_the_question_before(
    question: str, phrase: str
) -> None:
    assert after(OPENING, question) == f"{OPENING.rstrip('?')}, {phrase}?"


@pytest.mark.parametrize(
    ("questions", "reading"),
    [
        (("What helps carers in Scotland?", "And in Wales?"), "What helps carers, in Wales?"),
        (("In Scotland, what helps carers?", "And in Wales?"), "What helps carers, in Wales?"),
        (("What helps carers?", "And in the UK?", "And in the US?"), "What helps carers, in the US?"),
        (
            ("What helps carers?", "And in the UK?", "And outside it?", "And in the US?"),
            "What helps carers, in the US?",
        ),
        (
            ("What helps carers?", "And in Scotland?", "What hinders them?", "And in England?"),
            "What hinders them, in England? (about: carers)",
        ),
        (
            ("What helps carers?", "And in Scotland?", "And for managers?", "And Wales?"),
            "What helps carers, for managers, in Wales?",
        ),
        (
            (
                "What helps carers?",
                "And in Kent?",
                "So what hinders them there?",
                "Tell me more",
                "And in York?",
            ),
            "What hinders carers, in York?",
        ),
        (
            ("What helps carers?", "And what hinders it?", "Why?", "And in York?"),
            "What hinders carers, in York?",
        ),
        (
            ("What helps carers in Leeds?", "And in York?"),
            "What helps carers, in York?",
        ),
        (("What helps carers?", "And in the U.K.?"), "What helps carers, in the U.K.?"),
        (
            ("What helps carers?", "And in the U.K.?", "And in the U.S.A.?"),
            "What helps carers, in the U.S.A.?",
        ),
        (("What helps carers in Tyne and Wear?", "And in Wales?"), "What helps carers, in Wales?"),
        (
            ("What helps staff of Safe Families in Scotland?", "And in Wales?"),
            "What helps staff of Safe Families, in Wales?",
        ),
    ],
)
def test_a_place_gives_way_to_the_next_wherever_it_stands(questions: tuple[str, ...], reading: str) -> None:
    assert after(*questions) == reading


def test_a_second_clause_is_not_put_into_the_question_before() -> None:
    assert after("What stops carers?", "And in Wales what helps them?") == (
        "And in Wales what helps them? (about: carers)"
    )


def test_a_question_behind_and_that_names_only_what_was_named_goes_on_with_it() -> None:
    assert refers_back("And what did each walk cost?", {"walk", "warden"})
    assert not refers_back("And what did each boat cost?", {"walk", "warden"})
