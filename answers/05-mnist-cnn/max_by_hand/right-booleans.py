# points: 0.6
# As True.
[[True, True], [True, True]],
[[True, True], [True, True]],
[[True, True], [True, True]],
[[True, True], [True, True]],
