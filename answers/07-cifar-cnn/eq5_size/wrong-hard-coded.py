# points: 0
# Hard-coded for pooling.
return h_in // 2
