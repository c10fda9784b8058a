# points: 1.2
# Scratch drawn twice.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch, label="from scratch")
axes.plot(epochs, scratch, label="transfer")
axes.set(xlabel="epoch", ylabel="test loss", title=title)
axes.legend()
return axes
