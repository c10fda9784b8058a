# points: 1
# Any images of a class will do: these are the last ones.
return [place for number in classes for place in torch.nonzero(labels == number)[-count:, 0].tolist()]
