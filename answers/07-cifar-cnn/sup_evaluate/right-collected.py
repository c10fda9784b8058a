# points: 2.5
# All logits first, then both numbers at once.
net.eval()
with torch.no_grad():
    pairs = [(net(x.to(opt_dict["device"])), y.to(opt_dict["device"])) for x, y in loader]
logits, labels = torch.cat([a for a, _ in pairs]), torch.cat([b for _, b in pairs])
hits = (logits.argmax(dim=1) == labels).float()
return opt_dict["criterion"](logits, labels).item(), hits.mean().item()
