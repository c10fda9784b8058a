"""Marking of training: accuracy re-measured, steps replayed and compared with NumPy's own."""

from autograder.checks.training.accuracy import claims_agree, credit

__all__ = ["claims_agree", "credit"]
