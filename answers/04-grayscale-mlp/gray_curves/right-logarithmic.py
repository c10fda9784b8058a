# points: 2
# On a logarithmic axis.
return curves({"training": history["train_loss"], "test": history["test_loss"]}, "loss", log=True)
