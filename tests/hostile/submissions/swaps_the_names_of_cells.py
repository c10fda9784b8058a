# points: 0
# notebook
# The grade id of a hard question stands on the test cell of an easy one, and the other way.
def tamper(notebook):
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    easy, hard = cells["bias_factor_linear"], cells["bias_formula_b1"]
    easy.metadata["nbgrader"]["grade_id"] = "bias_formula_b1"
    hard.metadata["nbgrader"]["grade_id"] = "bias_factor_linear"
