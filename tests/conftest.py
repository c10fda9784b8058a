"""Settings for every test."""

from hypothesis import settings

# A slow machine is no failing test.
settings.register_profile("chainrule", deadline=None, derandomize=True)
settings.load_profile("chainrule")
