# points: 1.92
# Grey, but three times.
from torchvision.transforms import Grayscale

return Grayscale(num_output_channels=3)(images)
