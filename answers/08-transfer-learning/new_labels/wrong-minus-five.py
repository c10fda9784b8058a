# points: 0.4
# Right for the second five only.
return labels - 5
