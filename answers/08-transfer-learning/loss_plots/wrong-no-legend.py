# points: 1.7
# No legend.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch, label="from scratch")
axes.plot(epochs, transfer, label="transfer")
axes.set(xlabel="epoch", ylabel="test loss", title=title)
return axes
