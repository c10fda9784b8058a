# points: 1
# A copy, with products by ones.
J = np.zeros((2, 2))
for i in range(2):
    for j in range(2):
        J[i, j] = W2[i, j] * 1.0
return J
