"""How the models that come with the program were trained.

    python -m evals.training questions
    python -m evals.training reader --public DIRECTORY
    python -m evals.training linear

The texts in `texts/` are our own; DIRECTORY holds public sets whose licences allow it (see the `CARD.md`
beside each model).
"""
