"""Settings for every test."""

import os

from hypothesis import settings

# A slow machine is no failing test.
settings.register_profile("chainrule", deadline=None, derandomize=True)
settings.load_profile("chainrule")

# No test needs the real data, or a network to fetch them.
os.environ["CHAINRULE_DATASET"] = "sample"
os.environ.pop("CHAINRULE_DATA", None)
