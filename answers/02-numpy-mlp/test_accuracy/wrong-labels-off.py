# points: 0
# Argmax over the wrong axis.
scores = model.scores(scale(data.test.images))
test_accuracy = np.mean(np.argmax(scores, axis=0)[0] == data.test.labels)
