# points: 0
# An if on the whole array raises an error.
if v > 0:
    return 1
else:
    return 0
