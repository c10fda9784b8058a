# points: 0.6
# Mirrored whether or not it is asked for.
def __len__(self):
    return len(self.labels)

def __getitem__(self, index):
    x = (self.images[index].astype(np.float32) / 255 - self.mean) / self.std
    x = torch.from_numpy(x).permute(2, 0, 1)
    if torch.rand(1).item() < 0.5:
        x = x.flip(2)
    return x, int(self.labels[index])
