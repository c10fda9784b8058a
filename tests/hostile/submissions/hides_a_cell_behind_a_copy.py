# points: 0
# notebook
# A second cell carries the test cell's name; nbgrader keeps only one of the two.
import copy


def tamper(notebook):
    for index, cell in enumerate(list(notebook.cells)):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "bias_factor_relu":
            twin = copy.deepcopy(cell)
            twin["id"] = "twin"
            twin.source = "100.0"
            twin.metadata["nbgrader"].update(grade=False, locked=False, solution=True)
            notebook.cells.insert(index, twin)
            return
