# points: 3.43
# Prediction and loss alone, no way there: two of seven steps, and the result.
p=[0.731, 0.269],
l=1.313,
