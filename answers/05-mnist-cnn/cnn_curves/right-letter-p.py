# points: 0.5
# By the letter of the formula.
names = ["SGD (p = 0)", "SGD (p = 0.4)", "Adam (p = 0)", "Adam (p = 0.4)"]
loss_curves = curves(dict(zip(names, (runs[k].history["train_loss"] for k in LABELS))), ylabel="loss")
