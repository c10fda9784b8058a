"""Handing in, part by part."""
