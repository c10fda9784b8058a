# points: 0.8
# (1 − β) G, the newest gradient's share.
0.2,
0.2,
0.2,
