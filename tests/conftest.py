"""Settings for every test."""

import os

from hypothesis import settings

# A slow machine is no failing test.
settings.register_profile("chainrule", deadline=None, derandomize=True)
settings.load_profile("chainrule")

# No test needs the real data, or a network to fetch them.
os.environ["CHAINRULE_DATASET"] = "sample"
os.environ.pop("CHAINRULE_DATA", None)

# Tests run side by side, one a core: more threads than that only wait for each other.
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"
