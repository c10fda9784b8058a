# points: 4
# with: exp_graph = right-doubled-terms
# with: exp_forward = right-doubled-terms
# A node that enters a sum twice gets its gradient twice.
f=1, e=1, d=1.935, p1=3.870, p2=3.870, b=3.870, w1=1.548, w2=1.935,
