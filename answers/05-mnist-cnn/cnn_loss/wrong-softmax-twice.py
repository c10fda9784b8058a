# points: 0.55
# Softmax before the cross-entropy, which has one inside.
return nn.functional.cross_entropy(torch.softmax(logits, dim=1), labels)
