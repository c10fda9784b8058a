# points: 1.4
# trained: reference
# The same network under all four names.
network, run = experiment("adam-dropout", "Adam", 0.001, 0.4)
for label in LABELS:
    networks[label], runs[label] = network, run
