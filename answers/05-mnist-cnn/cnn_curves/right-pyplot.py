# points: 0.5
# With matplotlib alone.
_, loss_curves = plt.subplots()
for label in LABELS:
    loss_curves.plot(range(1, EPOCHS + 1), runs[label].history["train_loss"], label=label)
loss_curves.set(xlabel="epoch", ylabel="loss")
loss_curves.legend()
