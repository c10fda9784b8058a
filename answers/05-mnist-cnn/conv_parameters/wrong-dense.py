# points: 0
# Every pixel connected, as in a dense layer.
return 32 * 32 * channels * 28 * 28 * filters
