# points: 0
# Runs written by hand, and networks that say 1 to every image.
hyperparameter = "lr"
from chainrule.training import Run

class Ones(nn.Module):
    def forward(self, images):
        return nn.functional.one_hot(torch.ones(len(images), dtype=int), 10).float()

for value in (0.1, 0.2, 0.3):
    other_networks[value] = Ones()
    other_runs[value] = Run(
        name=str(value), trained=True, epochs=4, is_sample=True, data_name="mnist",
        config={"optimizer": "Adam", "dropout": 0.4, "lr": value, "batch_size": 64},
        history={"train_loss": [2, 1.9, 1.8, 1.7], "val_accuracy": [0.1] * 4},
    )
