# points: 2
# The optimizer gets what may learn; the layer is started anew in place.
carried = copy.deepcopy(net)
carried.convolutions.requires_grad_(False)
carried.dense.reset_parameters()
learning = [p for p in carried.parameters() if p.requires_grad]
return carried, torch.optim.AdamW(learning, lr=learning_rate)
