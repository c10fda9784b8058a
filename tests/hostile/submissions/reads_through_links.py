# points: 0
# Lays links to what it wants into its own folder, to read them or to have them read.
import os

for name in ("gradebook.db", "gradebook/notes.txt", "source", "submitted/honest"):
    link = name.replace("/", "-")
    for make in (os.symlink, os.link):
        try:
            make(f"__COURSE__/{name}", f"{make.__name__}-{link}")
            print(open(f"{make.__name__}-{link}", "rb").read())
        except OSError as error:
            print(error)
