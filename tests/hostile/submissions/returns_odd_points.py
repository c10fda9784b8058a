# points: 0
# shows: the test cell ended before it offered your answer
# Points that are huge, negative (nbgrader reads those as full marks), or no number at all.
points = iter((1e308, -1.0, float("nan"), float("inf"), "1.0", 10**400, -0.0, True))


def grade(*arguments):
    return next(points, -5)
