# points: 0.5
# The labels are given to pyplot's legend.
plt.plot(history["train_accuracy"])
plt.plot(history["validation_accuracy"])
plt.legend(["training", "validation"])
plt.xlabel("epoch")
plt.ylabel("accuracy")
return plt.gca()
