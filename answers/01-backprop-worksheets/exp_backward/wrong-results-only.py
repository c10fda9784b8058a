# points: 1.87
# The three results, without the gradients on the way that the question wants.
w1=1.548, w2=1.935, b=3.870,
