# points: 2
# A tuple is returned, and it prints as it goes.
trn_info = {"trn_loss": [], "val_loss": [], "val_acc": []}
for epoch in range(opt_dict["num_epochs"]):
    trn_loss = trn_epoch(net, trn_loader, opt_dict)
    val_loss, val_acc = evaluate(net, val_loader, opt_dict)
    print(f"epoch {epoch}: {trn_loss:.3f} {val_loss:.3f} {val_acc:.3f}")
    for key, value in zip(trn_info, (trn_loss, val_loss, val_acc)):
        trn_info[key].append(value)
return net, trn_info
