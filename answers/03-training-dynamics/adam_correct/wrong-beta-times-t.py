# points: 1.08
# β·t instead of β^t.
t = np.arange(1, len(m) + 1)
return m / (1 - beta * t)
