# points: 0
# Rounded to whole numbers, as for 0 to 255.
grey = 0.299 * images[:, :1] + 0.587 * images[:, 1:2] + 0.114 * images[:, 2:]
return grey.round()
