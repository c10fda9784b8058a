# points: 1.8
# Takes steps while it evaluates.
net.eval()
criterion, device = opt_dict["criterion"], opt_dict["device"]
loss = right = count = 0
with torch.enable_grad():
    for images, labels in loader:
        labels = labels.to(device)
        logits = net(images.to(device))
        batch_loss = criterion(logits, labels)
        opt_dict["optimizer"].zero_grad()
        batch_loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p -= 0.001 * p.grad
        loss += batch_loss.item() * len(labels)
        right += (logits.argmax(1) == labels).sum().item()
        count += len(labels)
return loss / count, right / count
