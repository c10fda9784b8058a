# points: 1.63
# Only m_T.
m = 0.0
for gradient in g:
    m = beta * m + (1 - beta) * gradient
return m
