# points: 2.4
# Images in float64.
def __len__(self):
    return len(self.images)

def __getitem__(self, index):
    x = torch.tensor(((self.images[index] / 255 - self.mean) / self.std).transpose(2, 0, 1), dtype=torch.float64)
    if self.flip and torch.rand(1).item() < 0.5:
        x = x.flip(2)
    return x, int(self.labels[index])
