# points: 1.6
# The labels are swapped.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_loss"]) + 1)
axes.plot(epochs, history["train_loss"], label="test")
axes.plot(epochs, history["test_loss"], label="train")
axes.set_xlabel("epoch")
axes.set_ylabel("loss")
axes.legend()
return axes
