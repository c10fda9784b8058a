# points: 0.5
# The other layout, although the layout is stated.
return W2.T
