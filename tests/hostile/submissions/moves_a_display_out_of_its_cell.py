# points: 0
# As moves_a_display_onto_the_verdict, with more results than the cell has outputs in the end.
shell = get_ipython()
session, socket = shell.kernel.session, shell.kernel.iopub_socket
shown = {"data": {"text/plain": "x"}, "metadata": {}, "transient": {"display_id": "x"}}


def before(*_):
    session.send(socket, "update_display_data", shown, parent=shell.parent_header)


def after(*_):
    result = {"data": {"text/plain": "1.0"}, "metadata": {}, "execution_count": 1}
    for _ in range(6):
        session.send(socket, "execute_result", result, parent=shell.parent_header)
    session.send(socket, "display_data", shown, parent=shell.parent_header)


shell.events.register("pre_run_cell", before)
shell.events.register("post_run_cell", after)
