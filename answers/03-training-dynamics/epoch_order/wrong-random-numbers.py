# points: 0
# Random numbers, which are no indices.
return rng.random(len(t)) * 1000
