# points: 1.96
# Every second image is mirrored, always.
def __len__(self):
    return len(self.images)

def __getitem__(self, index):
    x = torch.tensor(((self.images[index] / 255 - self.mean) / self.std).transpose(2, 0, 1), dtype=torch.float32)
    if self.flip and index % 2 == 1:
        x = x.flip(2)
    return x, int(self.labels[index])
