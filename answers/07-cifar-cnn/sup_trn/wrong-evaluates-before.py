# points: 1.6
# Looks at the validation images before it trains.
trn_info = {"trn_loss": [], "val_loss": [], "val_acc": []}
for epoch in range(opt_dict["num_epochs"]):
    val_loss, val_acc = evaluate(net, val_loader, opt_dict)
    trn_loss = trn_epoch(net, trn_loader, opt_dict)
    for key, value in zip(trn_info, (trn_loss, val_loss, val_acc)):
        trn_info[key].append(value)
return [net, trn_info]
