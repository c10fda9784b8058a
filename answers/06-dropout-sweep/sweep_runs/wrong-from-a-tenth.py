# points: 0.14
# with: sweep_network = right-small
# p = 0.1 to 1, so p = 0 is missing and the list is shifted by one.
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


for p in [k / 10 for k in range(1, 11)]:
    _, runs[p] = run_training(f"shifted-{p}", p, 1, keep_weights=False)
    accuracies.append(runs[p].last("test_accuracy"))
best_p = RATES[1:][accuracies.index(max(accuracies[:9]))]
