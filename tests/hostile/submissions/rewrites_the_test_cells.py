# points: 0
# notebook
# Test cells that say 100, with the output already there.
from nbformat.v4 import new_output


def tamper(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = "100.0"
            cell.metadata["nbgrader"].pop("checksum", None)
            cell.metadata["nbgrader"]["locked"] = False
            data = {"text/plain": "100.0"}
            cell.outputs = [new_output("execute_result", data=data, execution_count=1)]
