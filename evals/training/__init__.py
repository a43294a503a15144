"""How the reader was trained: one small model that reads a question, a claim or a sentence.

    python -m evals.training --public DIRECTORY --output assistant/reader/model

The texts in `texts/` are our own; DIRECTORY holds public sets whose licences allow it (see
`assistant/reader/model/CARD.md`).
"""
