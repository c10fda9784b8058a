# points: 0.2
# with: relu_backward = right-mask-kept
# With a mask.
mask = x > 0
return x * mask, mask.astype(float)
