# points: 0
# notebook
# Says in its metadata that every cell has run and what it earned.
from nbformat.v4 import new_output


def tamper(notebook):
    for cell in notebook.cells:
        cell.metadata["chainrule_run"] = {"status": "ran", "reason": "", "seconds": 0, "points": 9}
        cell.metadata["chainrule"] = {"verdict": {"points": 9}}
        if cell.cell_type == "code":
            cell.execution_count = 7
            data = {"text/plain": "1.0"}
            cell.outputs = [new_output("execute_result", data=data, execution_count=7)]
