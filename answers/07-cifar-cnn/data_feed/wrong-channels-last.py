# points: 1.1
# Channels last.
def __len__(self):
    return len(self.labels)

def __getitem__(self, index):
    x = (self.images[index].astype(np.float32) / 255 - self.mean) / self.std
    return torch.from_numpy(x), int(self.labels[index])
