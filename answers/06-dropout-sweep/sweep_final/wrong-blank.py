# points: 0
# with: sweep_network = right-small
# with: sweep_runs = right-plain
# Left blank.
...
