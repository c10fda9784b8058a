# points: 0
# Other numbers.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_loss"]) + 1)
axes.plot(epochs, [1 - v for v in history["train_loss"]], label="train")
axes.plot(epochs, [1 - v for v in history["test_loss"]], label="test")
axes.set_xlabel("epoch")
axes.set_ylabel("loss")
axes.legend()
return axes
