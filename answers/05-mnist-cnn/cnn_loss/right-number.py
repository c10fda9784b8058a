# points: 1
# The number of the tensor.
shifted = logits - logits.max(dim=1, keepdim=True).values
losses = shifted.exp().sum(dim=1).log() - shifted[torch.arange(len(labels)), labels]
return losses.mean().item()
