# points: 0
# The optimizer is not returned.
carried = copy.deepcopy(net)
carried.dense = nn.Linear(1440, 5).to(DEVICE)
return carried
