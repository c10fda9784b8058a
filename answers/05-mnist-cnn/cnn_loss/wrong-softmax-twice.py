# points: 0.55
# The softmax is taken of the probabilities once more.
probabilities = torch.softmax(torch.softmax(logits, dim=1), dim=1)
return -probabilities[torch.arange(len(labels)), labels].log().mean()
