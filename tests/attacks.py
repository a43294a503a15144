"""Claims against made-up source sentences: each right, or wrong in one way. Nobody in them is real."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import Voice


@dataclass(frozen=True)
class Attack:
    """A claim, the sentence that it points at, and what is wrong with it; an empty fault is a right claim."""

    fault: str
    claim: str
    source: str
    voice: Voice = Voice.AUTHORS
    speaker: str | None = None


COUNTED = (
    "In the Larkfield pilot, 14 of 37 teams kept weekly huddles after two years, and costs fell by 6.5%."
)
ROSTERS = "Team leaders who shared rosters early reported fewer complaints from carers."
MANAGER = "My manager kept asking for proof before we could try anything, so we stopped asking."
MIXED = "Digital diaries saved time for some home care workers, but many found them hard to use on the road."
BOARDS = "Joint boards between health and housing slowed decisions, although members trusted each other more."
UNLESS = "Volunteers do not stay unless somebody thanks them by name."
NOTHING = "We found no difference in waiting times between the two districts."
LINK = "Higher staff turnover was associated with lower quality ratings in the nine care homes."
BEFORE = "Training took place before the funding ended, and the helpline opened three months after that."
COMPARED = "Rural services adopted the tablet app faster than urban ones."
MAY = "Peer mentoring may reduce isolation among foster carers."
PLAN = "The council plans to extend the scheme to twelve more wards if the budget allows."
QUOTED = "Participants described the toolkit as “a life raft” in the first winter."
LITTLE = "Few of the inspectors read the reflective logs."
LED = "Carers trained nurses in the use of memory boxes."
PILOT = "Shared supervision cut sickness absence in one hospice."

PARTICIPANT = Voice.PARTICIPANT

# What the rules do not see, and the reader must: a name that opens the claim.
BEYOND_RULES = frozenset({"Birchwood teams kept weekly huddles after two years"})

ATTACKS = (
    # Right, in other words or in part
    Attack("", "Fourteen of the 37 teams kept weekly huddles after 2 years", COUNTED),
    Attack("", "Costs fell by 6.5 per cent in the Larkfield pilot", COUNTED),
    Attack("", "Carers complained less where leaders shared rosters early", ROSTERS),
    Attack("", "One interviewee said the manager kept asking for proof before trying anything", MANAGER, PARTICIPANT, "P5"),
    Attack("", "Digital diaries saved some home care workers time, though many found them hard to use", MIXED),
    Attack("", "Joint boards slowed decisions but members trusted each other more", BOARDS),
    Attack("", "Training came before the funding ended", BEFORE),
    Attack("", "Volunteers stay where somebody thanks them by name", UNLESS),
    Attack("", "Waiting times did not differ between the two districts", NOTHING),
    Attack("", "Care homes with higher staff turnover had lower quality ratings", LINK),
    Attack("", "The helpline opened after the training", BEFORE),
    Attack("", "The tablet app was adopted faster by rural services than by urban ones", COMPARED),
    Attack("", "Peer mentoring may make foster carers less isolated", MAY),
    Attack("", "The scheme may be extended to 12 more wards if the budget allows", PLAN),
    Attack("", "The toolkit was described as “a life raft”", QUOTED),
    Attack("", "Few inspectors read the reflective logs", LITTLE),
    Attack("", "Nurses were trained by carers to use memory boxes", LED),
    Attack("", "In one hospice, shared supervision cut sickness absence", PILOT),
    # Numbers
    Attack("number", "41 of 73 teams kept weekly huddles", COUNTED),
    Attack("number", "Thirty-seven of 14 teams kept weekly huddles", COUNTED),
    Attack("number", "Costs fell by 65% in the Larkfield pilot", COUNTED),
    Attack("number", "Weekly huddles lasted two months in the Larkfield pilot", COUNTED),
    Attack("number", "Weekly huddles were kept by 37 teams", COUNTED),
    Attack("number", "A third of teams kept weekly huddles after two years", COUNTED),
    Attack("number", "The helpline opened three years after the training", BEFORE),
    Attack("number", "Twice as many rural services adopted the tablet app", COMPARED),
    Attack("number", "The council plans to extend the scheme to dozens more wards", PLAN),
    # Names
    Attack("name", "In the Birchwood pilot, 14 of 37 teams kept weekly huddles", COUNTED),
    Attack("name", "Birchwood teams kept weekly huddles after two years", COUNTED),
    Attack("name", "Scottish team leaders who shared rosters early reported fewer complaints", ROSTERS),
    Attack("name", "P6 said the manager kept asking for proof", MANAGER, PARTICIPANT, "P5"),
    Attack("name", "The NHS plans to extend the scheme to twelve more wards", PLAN),
    # Scope
    Attack("scope", "Most home care workers saved time with digital diaries", MIXED),
    Attack("scope", "Home care workers generally saved time with digital diaries", MIXED),
    Attack("scope", "Interviewees said managers kept asking for proof", MANAGER, PARTICIPANT, "P5"),
    Attack("scope", "Practitioners find that managers keep asking for proof", MANAGER, PARTICIPANT, "P5"),
    Attack("scope", "Studies show that managers ask for proof before anything is tried", MANAGER, PARTICIPANT, "P5"),
    Attack("scope", "Shared supervision cuts sickness absence in hospices everywhere", PILOT),
    Attack("scope", "Every hospice cut sickness absence through shared supervision", PILOT),
    Attack("scope", "The majority of inspectors read the reflective logs", LITTLE),
    Attack("scope", "Many of the inspectors read the reflective logs", LITTLE),
    Attack("scope", "No home care workers saved time with digital diaries", MIXED),
    # Cause
    Attack("cause", "Higher staff turnover caused lower quality ratings in the care homes", LINK),
    Attack("cause", "Quality ratings fell because of higher staff turnover in the care homes", LINK),
    Attack("cause", "Higher staff turnover lowers quality ratings in care homes", LINK),
    Attack("cause", "Sharing rosters early led to fewer complaints from carers", ROSTERS),
    Attack("cause", "Sharing rosters early reduces complaints from carers", ROSTERS),
    # Certainty
    Attack("certainty", "Peer mentoring reduces isolation among foster carers", MAY),
    Attack("certainty", "Peer mentoring will reduce isolation among foster carers", MAY),
    Attack("certainty", "The council has extended the scheme to twelve more wards", PLAN),
    Attack("certainty", "The council extended the scheme to twelve more wards", PLAN),
    # Direction and negation
    Attack("direction", "Team leaders who shared rosters early reported more complaints from carers", ROSTERS),
    Attack("direction", "Shared supervision raised sickness absence in one hospice", PILOT),
    Attack("direction", "Joint boards sped up decisions between health and housing", BOARDS),
    Attack("direction", "Costs rose by 6.5% in the Larkfield pilot", COUNTED),
    Attack("direction", "Lower staff turnover was associated with lower quality ratings", LINK),
    Attack("direction", "Urban services adopted the tablet app faster than rural ones", COMPARED),
    Attack("direction", "Rural services adopted the tablet app more slowly than urban ones", COMPARED),
    Attack("direction", "Volunteers do not stay if somebody thanks them by name", UNLESS),
    Attack("direction", "We found a difference in waiting times between the two districts", NOTHING),
    Attack("direction", "Digital diaries did not save time for home care workers", MIXED),
    Attack("direction", "Members of joint boards trusted each other less", BOARDS),
    Attack("direction", "Nurses trained carers in the use of memory boxes", LED),
    Attack("direction", "The helpline opened before the training", BEFORE),
    # Voice and quotation
    Attack("voice", "One interviewee said shared rosters meant fewer complaints from carers", ROSTERS),
    Attack("voice", "The authors found that managers kept asking for proof", MANAGER, PARTICIPANT, "P5"),
    Attack("quotation", "The toolkit was described as “a lifeboat”", QUOTED),
    Attack("quotation", "Team leaders said “we share rosters early”", ROSTERS),
)  # fmt: skip
