# points: 0
# notebook
# What is not tested cannot be wrong.
# shows: locked cells had been deleted and were put back
def tamper(notebook):
    notebook.cells = [
        cell
        for cell in notebook.cells
        if not (cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"))
    ]
