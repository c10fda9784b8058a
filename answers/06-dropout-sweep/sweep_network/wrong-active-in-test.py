# points: 0.15
# A dropout that does not listen to the mode.
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 8, 5, stride=2), nn.Conv2d(8, 16, 3)
        self.out = nn.Linear(16 * 5 * 5, 10)

    def forward(self, images):
        x = torch.relu(self.conv2(torch.relu(self.conv1(images))))
        x = nn.functional.max_pool2d(x, 2).flatten(1)
        return self.out(nn.functional.dropout(x, p))

return Net()
