# points: 0.4
# The texts of the legend stand the wrong way round.
figure, axes = plt.subplots()
axes.plot(history["train_accuracy"])
axes.plot(history["validation_accuracy"])
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
axes.legend(["validation", "train"])
return axes
