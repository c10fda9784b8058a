# points: 0.3
# Lines without labels, axes without words.
_, loss_curves = plt.subplots()
for run in runs.values():
    loss_curves.plot(run.history["train_loss"])
