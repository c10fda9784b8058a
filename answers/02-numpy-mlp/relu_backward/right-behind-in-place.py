# points: 0.3
# with: relu_forward = wrong-in-place
# The way there writes into x: charged there, not here.
return dout * (cache > 0)
