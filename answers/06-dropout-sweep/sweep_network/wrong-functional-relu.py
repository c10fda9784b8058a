# points: 0.25
# A class of its own, with the ReLU as a function.
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(1, 8, 3), nn.Conv2d(8, 16, 3)
        self.drop, self.out = nn.Dropout(p), nn.Linear(400, 10)

    def forward(self, images):
        pool, relu = nn.functional.max_pool2d, torch.relu
        x = pool(relu(self.c2(pool(relu(self.c1(images)), 2))), 2)
        return self.out(self.drop(x.flatten(1)))

return Network()
