# points: 0.5
# Returns the figure that holds the one plot.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_accuracy"]) + 1)
axes.plot(epochs, history["train_accuracy"], label="train")
axes.plot(epochs, history["validation_accuracy"], label="validation")
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
axes.legend()
return figure
