# points: 0.4
# No labels on the lines and no legend; but the axes have names.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_accuracy"]) + 1)
axes.plot(epochs, history["train_accuracy"])
axes.plot(epochs, history["validation_accuracy"])
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
return axes
