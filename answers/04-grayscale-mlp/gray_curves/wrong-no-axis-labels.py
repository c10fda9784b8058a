# points: 1.6
# Nothing at the axes.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_loss"]) + 1)
axes.plot(epochs, history["train_loss"], label="train")
axes.plot(epochs, history["test_loss"], label="test")
axes.legend()
return axes
