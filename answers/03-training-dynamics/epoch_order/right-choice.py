# points: 0.25
# Drawn without putting back.
return rng.choice(len(t), size=len(t), replace=False)
