# points: 1.5
# AdamW.
learning_rate = 0.002
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.AdamW(first_net.parameters(), lr=learning_rate)
