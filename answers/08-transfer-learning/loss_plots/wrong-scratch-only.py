# points: 1.2
# One line only.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch, label="from scratch")
axes.set(xlabel="epoch", ylabel="test loss", title=title)
axes.legend()
return axes
