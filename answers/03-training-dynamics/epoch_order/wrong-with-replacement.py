# points: 0
# Draws with putting back.
return rng.choice(len(t), len(t))
