# points: 2
# trained: reference
# Goes through LABELS.
for label in LABELS:
    networks[label], runs[label] = experiment(
        label.replace(" + ", "-").lower(),
        label.split()[0],
        lr=0.1 if "SGD" in label else 0.001,
        dropout=0.4 if "dropout" in label else 0,
    )
