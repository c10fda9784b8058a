# points: 0.15
# Only the training accuracy.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_accuracy"]) + 1)
axes.plot(epochs, history["train_accuracy"], label="train")
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
axes.legend()
return axes
