# points: 0
# The whole product without the loss.
return (v > 0) @ W2.T
