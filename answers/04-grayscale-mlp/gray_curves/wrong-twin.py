# points: 0.8
# Each line on an axis of its own: half of the lines, and of the labels.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_loss"]) + 1)
axes.plot(epochs, history["train_loss"], label="train")
other = axes.twinx()
other.plot(epochs, history["test_loss"], label="test")
axes.set_xlabel("epoch")
axes.set_ylabel("loss")
axes.legend()
return axes
