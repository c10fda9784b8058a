# points: 1.8
# No label at the y axis.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch, label="from scratch")
axes.plot(epochs, transfer, label="transfer")
axes.set(xlabel="epoch", title=title)
axes.legend()
return axes
