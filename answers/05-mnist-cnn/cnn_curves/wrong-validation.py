# points: 0
# The validation losses in the place of the training losses.
loss_curves = curves({k: r.history["val_loss"] for k, r in runs.items()}, ylabel="loss")
