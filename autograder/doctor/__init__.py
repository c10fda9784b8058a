"""What a machine has for grading, and what to do about what it lacks."""
