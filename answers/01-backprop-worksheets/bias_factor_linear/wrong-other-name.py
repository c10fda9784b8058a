# points: 0
# A name that does not exist.
return W
