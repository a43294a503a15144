"""What ingest, search and answers cost, beside the plain LangChain pipeline where it has the same step."""

OURS, PLAIN = "ours", "plain LangChain"
READER, ANSWERS = "ours with the reader", "answers"
MEGABYTE = 1_000_000
MILLISECONDS = 1000


class CannotMeasure(Exception):
    """What is to be measured lacks what it needs, or failed; says what."""
