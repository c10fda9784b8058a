# points: 0
# notebook
# The answer cell bears the name of the test cell, so that the answer would be the test.
def tamper(notebook):
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    answer, test = cells["bias_factor_relu-answer"], cells["bias_factor_relu"]
    notebook.cells.remove(test)
    answer.metadata["nbgrader"] = dict(test.metadata["nbgrader"])
    answer.source = "100.0"
