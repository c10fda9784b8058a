# points: 2.1
# The mean of the batches' means: half of loss and half of accuracy.
model.eval()
losses, accuracies = [], []
with torch.no_grad():
    for images, labels in batches:
        logits = model(images)
        losses.append(nn.functional.cross_entropy(logits, labels).item())
        accuracies.append((logits.argmax(dim=1) == labels).float().mean().item())
return sum(losses) / len(losses), sum(accuracies) / len(accuracies)
