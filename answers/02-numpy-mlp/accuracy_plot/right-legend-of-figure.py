# points: 0.5
# The legend belongs to the figure.
figure, axes = plt.subplots()
axes.plot(history["train_accuracy"], label="train")
axes.plot(history["validation_accuracy"], label="validation")
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
figure.legend()
return axes
