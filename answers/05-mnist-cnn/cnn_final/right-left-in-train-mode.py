# points: 1.5
# trained: reference
# The network is left in train mode, which is nobody's loss.
seed_all(0)
final = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(final.parameters(), lr=0.001)
batches = DataLoader(learning.tensors(), 64, shuffle=True)


def epoch(k):
    train_loss = train_epoch(final, batches, optimizer)
    val_loss, val_accuracy = evaluate(final, validation_batches)
    return {"train_loss": train_loss, "val_loss": val_loss, "val_accuracy": val_accuracy}


final_run = train(
    "final",
    final,
    epoch,
    3 if data.is_sample else 5,
    optimizer=optimizer,
    config={"optimizer": "Adam", "lr": 0.001, "dropout": 0.4, "batch_size": 64},
    data=data,
)
test_loss, test_accuracy = evaluate(final, DataLoader(data.test.tensors(), 500))
final.train()
