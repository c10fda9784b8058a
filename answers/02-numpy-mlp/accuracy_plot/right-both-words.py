# points: 0.5
# A label with both words: the first is meant.
figure, axes = plt.subplots()
axes.plot(history["train_accuracy"], label="train")
axes.plot(history["validation_accuracy"], label="validation images (not trained on)")
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy")
axes.legend()
return axes
