# points: 1.4
# Only m.
return 1 - beta1**t
