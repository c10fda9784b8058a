# points: 0
# Hands in numpy.py, chainrule.py and sitecustomize.py beside the notebook.
import sys

print(sys.path[:2], sys.modules["numpy"].__file__)
