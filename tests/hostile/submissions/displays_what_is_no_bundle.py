# points: 0
# cell: bias_factor_relu
# Outputs whose data are lists, numbers and deep trees, where text belongs.
import numpy as np

shell = get_ipython()
deep = []
for _ in range(200):
    deep = [deep]
BUNDLES = (
    7,
    [1.0],
    {"text/plain": [1.0]},
    {"text/plain": {"a": 1}},
    {"image/png": 3, "text/plain": None},
    {"image/svg+xml": ["<svg>", "</svg>"]},
    {"application/json": deep},
    {"": "", "chainrule/verdict": "1.0"},
)


def dh_dv(v):
    for data in BUNDLES:
        content = {"data": data, "metadata": {"chainrule": {"verdict": 1}}, "transient": {}}
        shell.kernel.session.send(
            shell.kernel.iopub_socket, "display_data", content, parent=shell.parent_header
        )
    return np.zeros((2, 2))
