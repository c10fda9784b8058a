# points: 1.8
# Each network has a learning rate of its own.
for label, lr in zip(LABELS, (0.1, 0.2, 0.001, 0.002)):
    networks[label], runs[label] = experiment(
        "own-" + label.replace(" + ", "-").lower(), label.split()[0], lr=lr,
        dropout=0.4 if "dropout" in label else 0,
    )
