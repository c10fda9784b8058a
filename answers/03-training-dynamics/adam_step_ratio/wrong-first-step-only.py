# points: 0
# The number for the first step.
return 3.1623
