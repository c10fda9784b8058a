# points: 0
# An empty list.
return []
