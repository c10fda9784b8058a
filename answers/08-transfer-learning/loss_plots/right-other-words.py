# points: 2
# Other words for the same.
figure, axes = plt.subplots()
epochs = range(1, len(scratch) + 1)
axes.plot(epochs, scratch, label="whole network, trained anew")
axes.plot(epochs, transfer, label="dense layer only, carried over")
axes.set(xlabel="epoch", ylabel="test loss", title=title)
axes.legend()
return axes
