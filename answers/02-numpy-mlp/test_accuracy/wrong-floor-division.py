# points: 0
# Floor division gives 0.
right = np.sum(np.argmax(model.scores(scale(data.test.images)), axis=1) == data.test.labels)
test_accuracy = right // len(data.test)
