"""Who may open what the program writes of interviews, names and questions: its owner alone."""

from __future__ import annotations

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
