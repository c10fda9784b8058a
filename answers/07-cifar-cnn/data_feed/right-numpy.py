# points: 2.5
# All in NumPy, mirrored by indexing.
def __len__(self):
    return len(self.labels)

def __getitem__(self, index):
    x = (self.images[index].astype(np.float32) / 255 - self.mean) / self.std
    x = x.transpose(2, 0, 1)
    if self.flip and np.random.rand() < 0.5:
        x = x[:, :, ::-1]
    return torch.from_numpy(x.copy()), self.labels[index]
