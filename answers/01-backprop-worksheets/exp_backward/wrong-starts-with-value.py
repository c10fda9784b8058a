# points: 2.84
# Starts from f's value instead of ∂f/∂f = 1.
f=0.935, e=0.935, d=1.809, z=3.618, p1=3.618, p2=3.618, b=3.618, w1=1.447, w2=1.809,
