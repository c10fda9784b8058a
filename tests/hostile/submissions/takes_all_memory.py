# points: 0
# shows: bias_chain_b2-answer
# One array after the other, each written to.
import numpy as np

hoard = []
while True:
    hoard.append(np.ones(16 << 20))
