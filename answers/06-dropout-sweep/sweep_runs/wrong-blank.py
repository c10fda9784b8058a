# points: 0
# with: sweep_network = right-small
# Left blank.
...
