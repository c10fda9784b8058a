# points: 0.5
# In pyplot's style, with longer labels.
plt.figure(figsize=(6, 4))
plt.plot(history["validation_accuracy"], "o-", label="Val accuracy")
plt.plot(history["train_accuracy"], "x--", label="Training accuracy")
plt.title("Accuracy")
plt.xlabel("Epoch")
plt.ylabel("Accuracy")
plt.legend(loc="lower right")
return plt.gca()
