# points: 0
# cell: bias_factor_relu
# shows: bias_factor_relu: 0 of 1 point
# Shows a verdict with the mark by which the judge's is known, while its function is asked.
import numpy as np
from IPython.display import display, publish_display_data

TEXT = "bias_factor_relu: 1 of 1 point\n ✓ ∂h/∂v: 1 of 1"
MARK = {"chainrule": {"verdict": "bias_factor_relu"}}


def dh_dv(v):
    publish_display_data({"text/plain": TEXT, "text/html": f"<pre>{TEXT}</pre>"}, MARK)
    display({"text/plain": TEXT}, raw=True, metadata=MARK, display_id="verdict")
    display({"text/plain": TEXT}, raw=True, metadata=MARK, display_id="verdict", update=True)
    return np.zeros((2, 2))
