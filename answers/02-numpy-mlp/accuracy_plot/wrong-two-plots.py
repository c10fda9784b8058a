# points: 0
# Two plots side by side.
figure, (left, right) = plt.subplots(1, 2)
left.plot(history["train_accuracy"], label="train")
right.plot(history["validation_accuracy"], label="validation")
return figure
