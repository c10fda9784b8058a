# points: 0.2
# Scores, argmax, mean.
scores = model.scores(scale(data.test.images))
predicted = scores.argmax(axis=1)
test_accuracy = (predicted == data.test.labels).sum() / len(data.test.labels)
