# points: 0.2
# A thousand at a time.
right = 0
for start in range(0, len(data.test), 1000):
    x = scale(data.test.images[start : start + 1000])
    right += np.sum(np.argmax(model.scores(x), axis=1) == data.test.labels[start : start + 1000])
test_accuracy = right / len(data.test)
