# points: 0
# notebook
# Tags that keep a cell from being run, or let it raise, or hide it.
def tamper(notebook):
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception", "remove-cell", "nbgrader"]
        cell.metadata["editable"] = True
