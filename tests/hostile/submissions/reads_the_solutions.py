# points: 0
# Opens the instructor's notebook, whose path it knows.
import os

for folder, _, names in os.walk("__COURSE__/source"):
    for name in names:
        print(open(os.path.join(folder, name)).read())
print(open("__COURSE__/source/01-backprop-worksheets/4-bias-gradients.ipynb").read())
