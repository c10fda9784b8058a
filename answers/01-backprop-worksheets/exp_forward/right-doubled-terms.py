# points: 2
# with: exp_graph = right-doubled-terms
# Fewer numbers than usual, and all of them right.
p1=0.08, p2=0.15, d=0.66, e=1.935, f=0.935,
