# points: 0
# Nodes of the first graph put into the second: the cell stops with a message.
f = short.sigmoid(z, name="f")
