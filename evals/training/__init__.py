"""How the models that come with the program were trained.

    python -m evals.training questions --teacher FOLDER
    python -m evals.training reader --public DIRECTORY
    python -m evals.training claims --public DIRECTORY
    python -m evals.training relevance --public DIRECTORY
    python -m evals.training linear

FOLDER holds a sentence-transformers model that the question encoder learns from. The texts in `texts/` are our
own; DIRECTORY holds public sets whose licences allow it (see the `CARD.md` beside each model).
"""
