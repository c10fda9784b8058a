# points: 0
# The state of a widget is a list in a list in a list.
shell = get_ipython()
session, socket = shell.kernel.session, shell.kernel.iopub_socket
nested = b"[" * 600 + b"]" * 600
state = b'{"comm_id": "w", "data": {"state": {"_model_name": "x", "v": ' + nested + b"}}}"
head = session.pack(session.msg_header("comm_msg"))
parts = [head, session.pack(shell.parent_header["header"]), session.pack({}), state]
socket.send_multipart([b"x", b"<IDS|MSG>", session.sign(parts), *parts])
