# points: 0
# The accuracies.
loss_curves = curves({k: r.history["val_accuracy"] for k, r in runs.items()}, ylabel="accuracy")
