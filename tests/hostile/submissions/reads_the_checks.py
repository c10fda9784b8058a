# points: 0
# Imports the checks, opens their files, and asks the import system for their source.
import importlib.util
import os
import pkgutil

for folder, _, names in os.walk("__PACKAGE__"):
    for name in names:
        print(open(os.path.join(folder, name), errors="replace").read())
for name in ("autograder.checks.a01_backprop_worksheets.bias_gradients", "autograder.judge"):
    try:
        print(importlib.util.find_spec(name))
        print(pkgutil.get_loader(name).get_source(name))
    except Exception as error:
        print(error)
from autograder.checks.a01_backprop_worksheets import bias_gradients

print(open(bias_gradients.__file__).read())
