"""Marking of worksheets: by structure, then values, then gradients, from plain data alone."""
