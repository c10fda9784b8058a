# points: 3
# trained: reference
# With names of its own.
other = SmallCNN().to(DEVICE)
learn("second-whole", other, torch.optim.Adam(other.parameters(), lr=learning_rate), "second")
learn("first-dense", *new_task(other, learning_rate), "first")
