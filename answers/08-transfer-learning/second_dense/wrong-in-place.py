# points: 1.8
# The given network is changed, too.
net.dense = nn.Linear(1440, 5).to(DEVICE)
return net, torch.optim.Adam(net.dense.parameters(), lr=learning_rate)
