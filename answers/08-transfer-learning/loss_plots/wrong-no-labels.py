# points: 1.4
# No labels.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch)
axes.plot(epochs, transfer)
axes.set(xlabel="epoch", ylabel="test loss", title=title)
axes.legend()
return axes
