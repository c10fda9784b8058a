# points: 0.4
# The legend says it the wrong way round.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_accuracy"]) + 1)
axes.plot(epochs, history["train_accuracy"], label="validation")
axes.plot(epochs, history["validation_accuracy"], label="train")
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
axes.legend()
return axes
