"""Hypothesis profiles: ``pytest --hypothesis-profile=long tests/chainrule/pdf``."""

from hypothesis import settings

settings.register_profile("long", max_examples=1000, derandomize=False)
