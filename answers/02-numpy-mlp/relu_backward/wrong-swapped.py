# points: 0.16
# Lets through where x < 0.
return dout * (cache < 0)
