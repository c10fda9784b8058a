# points: 0.25
# The slope at 0 counts as 1.
return dout * (cache >= 0)
