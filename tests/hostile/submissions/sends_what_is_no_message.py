# points: 0
# Signed messages without content, with lists for dictionaries, with numbers for names.
shell = get_ipython()
kernel = shell.kernel
for kind in ("stream", "execute_result", "display_data", "error", "status", "clear_output"):
    for content in ({}, {"name": 3, "text": ["x"]}, {"data": 7}, {"data": {"text/plain": [1.0]}}):
        kernel.session.send(
            kernel.iopub_socket, kind, content, parent=shell.parent_header, ident=b"forged"
        )
