# points: 2
# In pyplot's style, with longer labels.
plt.figure(figsize=(6, 4))
plt.plot(history["test_loss"], "o-", label="Test loss")
plt.plot(history["train_loss"], "x--", label="Training loss")
plt.title("Loss")
plt.xlabel("Epoch")
plt.ylabel("Cross-entropy")
plt.legend()
return plt.gca()
