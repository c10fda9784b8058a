# points: 0.5
# Dropout by its value.
names = ["SGD, dropout=0", "SGD, dropout=0.4", "Adam, dropout=0", "Adam, dropout=0.4"]
loss_curves = curves(dict(zip(names, (runs[k].history["train_loss"] for k in LABELS))), ylabel="loss")
