# points: 0.5
# The legend in another order than the lines.
figure, axes = plt.subplots()
(a,) = axes.plot(history["train_accuracy"])
(b,) = axes.plot(history["validation_accuracy"])
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
axes.legend(handles=[b, a], labels=["validation", "train"])
return axes
