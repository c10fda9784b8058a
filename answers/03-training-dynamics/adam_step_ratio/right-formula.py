# points: 4
# The corrections of both.
return (1 - beta1**t) / (1 - beta2**t) ** 0.5
