# points: 0.5
# With and without.
names = ["SGD w/o dropout", "SGD w/ dropout", "Adam w/o dropout", "Adam w/ dropout"]
loss_curves = curves(dict(zip(names, (runs[k].history["train_loss"] for k in LABELS))), ylabel="loss")
