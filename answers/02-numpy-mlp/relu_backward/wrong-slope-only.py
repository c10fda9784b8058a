# points: 0.18
# Without dout.
return (cache > 0).astype(float)
