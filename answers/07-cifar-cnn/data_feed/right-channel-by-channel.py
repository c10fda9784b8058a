# points: 2.5
# Channel by channel, label as a tensor.
def __len__(self):
    return len(self.labels)

def __getitem__(self, index):
    image = torch.tensor(self.images[index], dtype=torch.float32) / 255
    x = torch.stack([(image[:, :, c] - self.mean[c]) / self.std[c] for c in range(3)])
    if self.flip and torch.rand(1) < 0.5:
        x = torch.flip(x, dims=[2])
    return x, torch.tensor(self.labels[index])
