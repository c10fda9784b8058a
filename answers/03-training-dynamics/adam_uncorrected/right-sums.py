# points: 6
# The sum of the series.
*[sum(0.1 * 0.9**i * 2 for i in range(t)) for t in (2, 10, 100)],
