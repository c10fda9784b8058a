# points: 0
# Other numbers: one minus the accuracy.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_accuracy"]) + 1)
axes.plot(epochs, [1 - a for a in history["train_accuracy"]], label="train")
axes.plot(epochs, [1 - a for a in history["validation_accuracy"]], label="validation")
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
axes.legend()
return axes
