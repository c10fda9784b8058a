# points: 0.5
# With a logarithmic axis.
loss_curves = curves({k: r.history["train_loss"] for k, r in runs.items()}, ylabel="loss", log=True)
