# points: 2.5
# Python's own chance, mirrored before turning the axes.
def __len__(self):
    return len(self.labels)

def __getitem__(self, index):
    import random
    
    image = self.images[index]
    if self.flip and random.random() >= 0.5:
        image = image[:, ::-1]
    x = (image / 255 - self.mean) / self.std
    return torch.tensor(x.transpose(2, 0, 1), dtype=torch.float32), int(self.labels[index])
