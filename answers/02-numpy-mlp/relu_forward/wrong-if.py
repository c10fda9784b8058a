# points: 0
# An if for an array.
if x > 0:
    return x, x
return 0, x
