# points: 0.09
# Different biases; in many examples they tell the units apart.
return len(np.unique(np.round(b, 8)))
