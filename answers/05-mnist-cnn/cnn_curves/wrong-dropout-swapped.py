# points: 0.4
# The values of the dropout are swapped.
names = ["SGD, dropout 0.4", "SGD, dropout 0", "Adam, dropout 0.4", "Adam, dropout 0"]
loss_curves = curves(dict(zip(names, (runs[k].history["train_loss"] for k in LABELS))), ylabel="loss")
