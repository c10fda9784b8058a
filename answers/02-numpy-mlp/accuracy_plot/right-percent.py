# points: 0.5
# In per cent.
figure, axes = plt.subplots()
epochs = range(1, len(history["train_accuracy"]) + 1)
axes.plot(epochs, 100 * np.array(history["train_accuracy"]), label="train")
axes.plot(epochs, 100 * np.array(history["validation_accuracy"]), label="validation")
axes.set_xlabel("epoch")
axes.set_ylabel("accuracy (%)")
axes.legend()
return axes
