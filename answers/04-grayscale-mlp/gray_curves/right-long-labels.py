# points: 2
# Labels that say what the line is not, as well.
lines = {"training images": history["train_loss"]}
lines["test images (not trained on)"] = history["test_loss"]
return curves(lines, "loss")
