# points: 0.5
# The validation losses as well, dashed.
_, loss_curves = plt.subplots()
for label in LABELS:
    loss_curves.plot(runs[label].history["train_loss"], label=label)
    loss_curves.plot(runs[label].history["val_loss"], "--", label=label + ", validation")
loss_curves.set(xlabel="epoch", ylabel="cross-entropy")
loss_curves.legend()
