# points: 3
# A list instead of an array.
out = [(1 - beta) * g[0]]
for gradient in g[1:]:
    out.append(beta * out[-1] + (1 - beta) * gradient)
return out
