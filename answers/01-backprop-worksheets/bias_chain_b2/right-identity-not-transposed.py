# points: 1
# A column; the identity is its own transpose, so leaving it as it is gives the gradient.
"dyhat/db2",
"dL/dyhat.T",
