# points: 1.6
# No axis labels.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch, label="from scratch")
axes.plot(epochs, transfer, label="transfer")
axes.set(title=title)
axes.legend()
return axes
