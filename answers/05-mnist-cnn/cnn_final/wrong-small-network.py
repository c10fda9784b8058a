# points: 1.25
# The small network of the comparisons.
final, final_run = networks["Adam + dropout"], runs["Adam + dropout"]
test_loss, test_accuracy = evaluate(final, DataLoader(data.test.tensors(), 500))
