# points: 1.4
# The legend is swapped.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch, label="transfer")
axes.plot(epochs, transfer, label="from scratch")
axes.set(xlabel="epoch", ylabel="test loss", title=title)
axes.legend()
return axes
