"""How good the assistant is, measured on cases. Run with `python -m evals`; not installed."""
