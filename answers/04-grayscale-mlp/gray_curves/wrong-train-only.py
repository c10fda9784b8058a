# points: 1.2
# Only the training loss: half of the lines, and of the labels.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_loss"]) + 1)
axes.plot(epochs, history["train_loss"], label="train")
axes.set_xlabel("epoch")
axes.set_ylabel("loss")
axes.legend()
return axes
