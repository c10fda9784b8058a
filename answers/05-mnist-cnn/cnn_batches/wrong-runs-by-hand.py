# points: 0
# Runs written by hand, and networks that say 1 to every image.
from chainrule.training import Run

class Ones(nn.Module):
    def forward(self, images):
        return nn.functional.one_hot(torch.ones(len(images), dtype=int), 10).float()

for value in (16, 64, 256):
    batch_networks[value] = Ones()
    batch_runs[value] = Run(
        name=str(value), trained=True, epochs=4, is_sample=True, data_name="mnist",
        config={"optimizer": "Adam", "dropout": 0.4, "lr": 0.1, "batch_size": value},
        history={"train_loss": [2, 1.9, 1.8, 1.7], "val_accuracy": [0.1] * 4},
    )
