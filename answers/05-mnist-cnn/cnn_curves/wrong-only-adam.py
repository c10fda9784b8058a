# points: 0.35
# Only the two of Adam.
loss_curves = curves({k: runs[k].history["train_loss"] for k in LABELS[2:]}, ylabel="loss")
