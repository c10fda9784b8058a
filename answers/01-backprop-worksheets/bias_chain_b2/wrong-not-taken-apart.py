# points: 0
# Only what is asked for.
"L/b2",
