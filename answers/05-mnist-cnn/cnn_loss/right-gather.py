# points: 1
# With gather, and the largest of all logits.
z = logits - logits.max()
z = logits - logits.amax(1, keepdim=True)
log_p = z - z.exp().sum(1, keepdim=True).log()
return -log_p.gather(1, labels[:, None]).mean()
