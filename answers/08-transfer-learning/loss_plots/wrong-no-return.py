# points: 0
# Drawn, and not returned.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch, label="from scratch")
axes.plot(epochs, transfer, label="transfer")
axes.set(xlabel="epoch", ylabel="test loss", title=title)
axes.legend()
