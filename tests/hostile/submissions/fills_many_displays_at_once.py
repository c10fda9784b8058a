# points: 0
# One update writes the same long text into each of many displays.
shell = get_ipython()
session, socket = shell.kernel.session, shell.kernel.iopub_socket
small = {"data": {"text/plain": "x"}, "metadata": {}, "transient": {"display_id": "many"}}
large = {**small, "data": {"text/plain": "x" * 4_000_000}}
for _ in range(400):
    session.send(socket, "display_data", small, parent=shell.parent_header)
session.send(socket, "update_display_data", large, parent=shell.parent_header)
