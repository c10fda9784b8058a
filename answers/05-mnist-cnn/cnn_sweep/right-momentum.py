# points: 2
# SGD with momentum.
for label in LABELS:
    more = {"momentum": 0.9} if "SGD" in label else {}
    networks[label], runs[label] = experiment(
        "m-" + label.replace(" + ", "-").lower(),
        label.split()[0],
        lr=0.05 if more else 0.001,
        dropout=0.4 if "dropout" in label else 0,
        **more,
    )
