# points: 0
# Networks as they were made, and runs that claim a training.
from chainrule.training import Run
for label in LABELS:
    torch.manual_seed(1)
    networks[label] = SmallCNN(channels=(8, 16), hidden=128)
    runs[label] = Run(
        name=label, trained=True, epochs=4, is_sample=True, data_name="mnist",
        config={"optimizer": label.split()[0], "dropout": 0.4 if "dropout" in label else 0},
        history={"train_loss": [2, 1, 0.5, 0.1], "val_loss": [2, 1, 0.5, 0.1], "val_accuracy": [0.5, 0.9, 0.95, 0.99]},
    )
