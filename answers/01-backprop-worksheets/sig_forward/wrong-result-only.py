# points: 0.3
# Only the end, without what leads there.
f=1,
