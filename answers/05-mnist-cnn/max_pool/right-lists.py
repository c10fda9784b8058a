# points: 0.4
# As a list of lists.
return [
    [np.max(image[i:i + size, j:j + size]) for j in range(0, image.shape[1] - size + 1, stride)]
    for i in range(0, image.shape[0] - size + 1, stride)
]
