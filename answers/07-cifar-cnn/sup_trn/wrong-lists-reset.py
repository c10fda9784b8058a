# points: 0.9
# The lists are made anew in each epoch.
for epoch in range(opt_dict["num_epochs"]):
    trn_info = {"trn_loss": [], "val_loss": [], "val_acc": []}
    trn_loss = trn_epoch(net, trn_loader, opt_dict)
    val_loss, val_acc = evaluate(net, val_loader, opt_dict)
    for key, value in zip(trn_info, (trn_loss, val_loss, val_acc)):
        trn_info[key].append(value)
return [net, trn_info]
