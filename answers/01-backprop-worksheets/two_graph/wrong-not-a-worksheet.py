# points: 0
# The numbers are computed with NumPy and the worksheet is overwritten.
network = np.array(GIVEN["W_H"]) @ GIVEN["x"]
