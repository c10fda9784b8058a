# points: 1.6
# Never mirrored.
def __len__(self):
    return len(self.labels)

def __getitem__(self, index):
    x = (self.images[index].astype(np.float32) / 255 - self.mean) / self.std
    return torch.from_numpy(x).permute(2, 0, 1), int(self.labels[index])
