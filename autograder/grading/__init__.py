"""Grading a class: from what was handed in to the grades of everybody."""
