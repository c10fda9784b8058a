# points: 0
# dout as it is.
return dout
