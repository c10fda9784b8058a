# points: 0.5
# Names with underscores.
names = ["sgd_no_dropout", "sgd_dropout", "adam_no_dropout", "adam_dropout"]
loss_curves = curves(dict(zip(names, (runs[k].history["train_loss"] for k in LABELS))), ylabel="loss")
