# points: 2
# Returns the figure that holds the one plot.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_loss"]) + 1)
axes.plot(epochs, history["train_loss"], label="train")
axes.plot(epochs, history["test_loss"], label="test")
axes.set_xlabel("epoch")
axes.set_ylabel("loss")
axes.legend()
return figure
