# points: 0.4
# Labels of SGD and Adam swapped.
names = ["Adam", "Adam + dropout", "SGD", "SGD + dropout"]
loss_curves = curves(dict(zip(names, (runs[k].history["train_loss"] for k in LABELS))), ylabel="loss")
