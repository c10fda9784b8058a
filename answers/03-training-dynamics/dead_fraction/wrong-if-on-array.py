# points: 0
# An if on a whole array raises an error.
if Z <= 0:
    return 1
return 0
