"""What stops a hand-in."""


class SubmissionError(Exception):
    """Nothing was written; the message says why and what the student can do."""
