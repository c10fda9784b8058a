# points: 0.25
# As an array.
sides = np.array([height, width]) + 2 * padding
return np.append((sides - size) // stride + 1, filters)
