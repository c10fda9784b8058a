# points: 0.25
# Writes into dout.
dout[cache <= 0] = 0
return dout
