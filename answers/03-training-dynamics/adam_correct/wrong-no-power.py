# points: 1.35
# Divides by 1 − β in every step.
return m / (1 - beta)
