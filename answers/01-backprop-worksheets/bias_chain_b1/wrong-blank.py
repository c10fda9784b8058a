# points: 0
# Left blank.
# still to do
