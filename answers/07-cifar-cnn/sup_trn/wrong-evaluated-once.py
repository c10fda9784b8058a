# points: 1.27
# Evaluated once, after the training.
losses = [trn_epoch(net, trn_loader, opt_dict) for _ in range(opt_dict["num_epochs"])]
val_loss, val_acc = evaluate(net, val_loader, opt_dict)
return [net, {"trn_loss": losses, "val_loss": [val_loss], "val_acc": [val_acc]}]
