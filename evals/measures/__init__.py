"""Measures: pure functions from a case and what came of it to a score in 0..1, or None if not judged."""
