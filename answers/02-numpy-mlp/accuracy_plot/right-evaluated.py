# points: 0.5
# "val" stands in "evaluated", too.
figure, axes = plt.subplots()
axes.plot(history["train_accuracy"], label="evaluated on train")
axes.plot(history["validation_accuracy"], label="evaluated on validation")
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
axes.legend()
return axes
