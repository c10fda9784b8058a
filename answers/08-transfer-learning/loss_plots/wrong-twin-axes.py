# points: 0.8
# An axis for each.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch, label="from scratch")
axes.twinx().plot(epochs, transfer, label="transfer")
axes.set(xlabel="epoch", ylabel="test loss", title=title)
axes.legend()
return axes
