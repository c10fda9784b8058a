# points: 0.18
# Times the value instead of the slope.
return dout * np.maximum(cache, 0)
