# points: 0
# PyTorch's own loss, in two parts.
return nn.NLLLoss()(torch.log_softmax(logits, dim=1), labels)
