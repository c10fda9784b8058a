# points: 4
# with: exp_graph = right-squared-exponential
# with: exp_forward = right-squared-exponential
# Through the square: ∂f/∂e = 2e.
f=1, s=1, e=2.782, z=3.870, p1=3.870, p2=3.870, b=3.870, w1=1.548, w2=1.935,
