# points: 0.5
# The labels are given to the legend.
figure, axes = plt.subplots()
axes.plot(history["train_accuracy"])
axes.plot(history["validation_accuracy"])
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
axes.legend(["train", "validation"])
return axes
