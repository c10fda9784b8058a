# points: 0
# shows: more than any limit allows
# What a message says is short; what comes with it is not, and a runner would keep it all.
from ipykernel.kernelapp import IPKernelApp

application, shell = IPKernelApp.instance(), get_ipython()
application.iopub_thread.send_multipart = application._really_send  # past the kernel's own cap
weight = bytes(4 << 20)
for number in range(40):
    state = {"state": {"_model_name": "M", "v": 1}, "buffer_paths": [["v"]]}
    shell.kernel.session.send(
        shell.kernel.iopub_socket,
        "comm_msg",
        {"comm_id": f"c{number}", "data": state},
        parent=shell.parent_header,
        buffers=[weight],
    )
