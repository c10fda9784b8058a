# points: 0
# notebook
# Asks to be run by another kernel, in another language, with a command of its own.
def tamper(notebook):
    argv = ["sh", "-c", "touch __COURSE__/hostile-was-here"]
    notebook.metadata["kernelspec"] = {"name": "bash", "argv": argv, "display_name": "Python 3"}
    notebook.metadata["language_info"] = {"name": "bash", "file_extension": "/../../../hostile"}
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
