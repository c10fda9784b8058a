# points: 1
# Column by column, as the change of the output for a step in one entry of h.
def output(h):
    return W2 @ h + b2


steps = np.eye(2)
return np.stack([output(h + step) - output(h) for step in steps], axis=1)
