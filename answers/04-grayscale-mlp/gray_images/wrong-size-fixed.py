# points: 2.5
# Reshaped to 32 by 32 pixels, whatever comes.
grey = 0.299 * images[:, 0] + 0.587 * images[:, 1] + 0.114 * images[:, 2]
return grey.reshape(-1, 1, 32, 32)
