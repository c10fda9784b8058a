# points: 0.4
# No labels on the axes.
_, loss_curves = plt.subplots()
for label, run in runs.items():
    loss_curves.plot(run.history["train_loss"], label=label)
loss_curves.legend()
