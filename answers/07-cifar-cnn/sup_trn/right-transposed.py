# points: 2
# Rows first, then columns.
rows = []
for _ in range(opt_dict["num_epochs"]):
    rows.append((trn_epoch(net, trn_loader, opt_dict), *evaluate(net, val_loader, opt_dict)))
losses, val_losses, shares = map(list, zip(*rows))
return [net, {"trn_loss": losses, "val_loss": val_losses, "val_acc": shares}]
