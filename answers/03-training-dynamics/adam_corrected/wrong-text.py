# points: 0
# Words.
"G",
"G",
"G",
