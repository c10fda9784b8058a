# points: 0.25
# with: sweep_network = right-small
# with: sweep_runs = right-plain
# Another learning rate than in the sweep.
seed_all(0)
final = make_model(best_p).to(DEVICE)
batches = DataLoader(train_set, batch_size=32, shuffle=True)
optimizer = torch.optim.Adam(final.parameters(), lr=0.001)


def epoch(k):
    loss = train_epoch(final, batches, optimizer)
    return {"train_loss": loss, "test_accuracy": evaluate(final, DataLoader(test_set, 500))[1]}


config = settings(optimizer, batches, best_p)
final_run = train("slower", final, epoch, 10, optimizer=optimizer, config=config, data=data)
