# points: 1
# trained: reference
# SGD with Adam's learning rate: it has hardly begun.
for label in LABELS:
    slow = "SGD" in label
    networks[label], runs[label] = experiment(
        ("slow-" if slow else "") + label.replace(" + ", "-").lower(), label.split()[0],
        lr=0.001, dropout=0.4 if "dropout" in label else 0, epochs=2 if slow else EPOCHS,
    )
