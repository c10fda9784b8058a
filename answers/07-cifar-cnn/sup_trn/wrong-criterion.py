# points: 1.7
# The criterion in the place of the network.
import copy

kept = copy.deepcopy(net)
trn_info = {"trn_loss": [], "val_loss": [], "val_acc": []}
for _ in range(opt_dict["num_epochs"]):
    trn_info["trn_loss"].append(trn_epoch(net, trn_loader, opt_dict))
    val_loss, val_acc = evaluate(net, val_loader, opt_dict)
    trn_info["val_loss"].append(val_loss)
    trn_info["val_acc"].append(val_acc)
return [opt_dict["criterion"], trn_info]
