# points: 0
# From one bias to the other.
"L/b2",
"b2/b1",
