# points: 0
# Takes the judge's marker out, so that grade runs the checks in the kernel where it can.
import chainrule.grading

chainrule.grading.marker = None
