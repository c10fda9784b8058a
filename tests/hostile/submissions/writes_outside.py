# points: 0
# Writes wherever it might do harm: the course, the packages, the system, other homes.
import os

places = ("__COURSE__/source", "__COURSE__/submitted/honest/01-backprop-worksheets", "__COURSE__")
for place in (*places, "__PACKAGE__", "__TMP__", "/etc", "/usr/lib", "/root", "/proc/sys/kernel"):
    for action in (
        lambda place: open(f"{place}/hostile-was-here", "w").write("hello"),
        lambda place: os.mkdir(f"{place}/hostile-was-here"),
        lambda place: os.rename(place, f"{place}-hostile"),
        lambda place: os.chmod(place, 0o777),
        lambda place: os.remove(f"{place}/4-bias-gradients.ipynb"),
    ):
        try:
            action(place)
            print("done", place)
        except OSError as error:
            print(error)
