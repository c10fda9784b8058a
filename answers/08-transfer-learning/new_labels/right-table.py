# points: 1
# A table by old label.
table = torch.zeros(10, dtype=torch.int64)
table[torch.tensor(list(classes))] = torch.arange(len(list(classes)))
return table[labels]
