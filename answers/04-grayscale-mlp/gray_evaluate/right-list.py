# points: 3
# A list, and the accuracy from the length of the data set.
model.eval()
loss = right = 0
for x, y in batches:
    with torch.no_grad():
        z = model(x.to(DEVICE))
    loss += nn.CrossEntropyLoss(reduction="sum")(z, y.to(DEVICE)).item()
    right += int((z.max(dim=1).indices == y.to(DEVICE)).sum())
size = len(batches.dataset)
return [loss / size, right / size]
