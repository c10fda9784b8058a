"""Figures in a kernel whose zygote has drawn one before."""

from __future__ import annotations

from .conftest import run_jailed

# More formulas than matplotlib keeps, so that it lets go of whatever it had kept before.
DRAW = r"""
%matplotlib inline
import matplotlib.pyplot as plt
figure, axes = plt.subplots()
for number in range(60):
    axes.text(0, number / 60, f"$x_{{{number}}}$")
plt.show()
"""


def test_many_formulas_in_one_figure(tmp_path):
    ran = run_jailed(tmp_path, DRAW)
    assert ran.status() == "ran", ran.reason()
    assert "image/png" in ran.cells[0].outputs[-1].data
