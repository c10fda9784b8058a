# points: 0
# Left blank.
pass
