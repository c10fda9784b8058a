# points: 4
# The factor cancels.
*[2 * (1 - 0.9**t) / (1 - 0.9**t) for t in (2, 10, 100)],
