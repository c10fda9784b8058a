# points: 0
# Nothing was written.
pass
