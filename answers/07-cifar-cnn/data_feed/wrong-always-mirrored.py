# points: 1.96
# Always mirrored.
def __len__(self):
    return len(self.labels)

def __getitem__(self, index):
    x = (self.images[index].astype(np.float32) / 255 - self.mean) / self.std
    x = torch.from_numpy(x).permute(2, 0, 1)
    if self.flip:
        x = x.flip(2)
    return x, int(self.labels[index])
