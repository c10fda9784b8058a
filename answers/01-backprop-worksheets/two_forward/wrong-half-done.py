# points: 2.74
# Stopped after the hidden layer.
v=[0.5, -1.6, 1.9],
a=[1.0, -1.3, 2.0],
h=[1.0, 0, 2.0],
