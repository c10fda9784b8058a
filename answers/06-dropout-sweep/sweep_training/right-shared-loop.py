# points: 0.2
# One loop for both.
def loop(model, batches, optimizer=None, scheduler=None):
    model.train(optimizer is not None)
    loss = right = count = 0
    with torch.set_grad_enabled(optimizer is not None):
        for x, y in batches:
            x, y = x.to(DEVICE), y.to(DEVICE)
            logits = model(x)
            mean = nn.functional.cross_entropy(logits, y)
            if optimizer is not None:
                optimizer.zero_grad()
                mean.backward()
                optimizer.step()
            if scheduler is not None:
                scheduler.step()
            loss += mean.item() * len(y)
            right += (logits.argmax(1) == y).sum().item()
            count += len(y)
    return loss / count, right / count


def train_epoch(model, batches, optimizer, scheduler=None):
    return loop(model, batches, optimizer, scheduler)[0]


def evaluate(model, batches):
    return loop(model, batches)
