# points: 0
# trained: right-plain
# with: sweep_network = right-small
# The dictionary holds accuracies, no runs.
def run_training(name, p, epochs, keep_weights=True):
    seed_all(0)
    model = make_model(p).to(DEVICE)
    batches = DataLoader(train_set, batch_size=32, shuffle=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)

    def epoch(k):
        loss = train_epoch(model, batches, optimizer)
        test_loss, accuracy = evaluate(model, DataLoader(test_set, 500))
        return {"train_loss": loss, "test_loss": test_loss, "test_accuracy": accuracy}

    config = settings(optimizer, batches, p)
    run = train(
        name, model, epoch, epochs, optimizer=optimizer, config=config, data=data,
        keep_weights=keep_weights,
    )
    return model, run


for p in RATES:
    _, runs[p] = run_training(f"plain-{p}", p, 1, keep_weights=False)
    accuracies.append(runs[p].last("test_accuracy"))
best_p = RATES[accuracies.index(max(accuracies))]
runs = dict(zip(RATES, accuracies))
