# points: 0.7
# Right where the classes follow each other.
return labels - classes[0]
