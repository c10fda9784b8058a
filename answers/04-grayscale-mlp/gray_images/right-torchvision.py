# points: 3
# torchvision's own.
from torchvision.transforms import Grayscale

return Grayscale()(images)
