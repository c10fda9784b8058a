# points: 0.15
# Each line on an axis of its own, with the scales side by side.
figure, axes = plt.subplots()
axes.plot(history["train_accuracy"], label="train")
axes.set_ylabel("train accuracy")
axes.set_xlabel("epoch")
other = axes.twinx()
other.plot(history["validation_accuracy"], "r", label="validation")
other.set_ylabel("validation accuracy")
figure.legend()
return axes
