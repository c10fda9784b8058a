# points: 0.3
# The cache may be the mask itself: 1 is more than 0.
return dout * (cache > 0)
