# points: 0.21
# One number for all colours.
x = images / 255
return np.full(3, x.mean()), np.full(3, x.std())
