# points: 1.6
# No labels on the lines.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_loss"]) + 1)
axes.plot(epochs, history["train_loss"])
axes.plot(epochs, history["test_loss"])
axes.set_xlabel("epoch")
axes.set_ylabel("loss")
return axes
