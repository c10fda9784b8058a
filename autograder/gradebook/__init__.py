"""Writes and reads the gradebook. Nothing outside this package writes it."""
