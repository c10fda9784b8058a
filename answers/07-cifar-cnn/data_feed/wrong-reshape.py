# points: 0.9
# reshape in the place of permute.
def __len__(self):
    return len(self.labels)

def __getitem__(self, index):
    x = (self.images[index].astype(np.float32) / 255 - self.mean) / self.std
    x = torch.from_numpy(x).reshape(3, *x.shape[:2])
    if self.flip and torch.rand(1).item() < 0.5:
        x = x.flip(2)
    return x, int(self.labels[index])
