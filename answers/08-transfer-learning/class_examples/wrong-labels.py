# points: 0
# The labels, and not where they are.
return [number for number in classes for _ in range(count)]
