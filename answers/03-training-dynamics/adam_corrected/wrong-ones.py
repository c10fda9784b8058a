# points: 0
# The factor G is lost.
1,
1,
1,
