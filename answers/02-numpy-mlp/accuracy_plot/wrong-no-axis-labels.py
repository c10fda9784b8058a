# points: 0.45
# Nothing at the axes.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_accuracy"]) + 1)
axes.plot(epochs, history["train_accuracy"], label="train")
axes.plot(epochs, history["validation_accuracy"], label="validation")
axes.legend()
return axes
