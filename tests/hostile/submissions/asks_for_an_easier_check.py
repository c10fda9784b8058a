# points: 0
# notebook
# Edits its test cells: another check, another answer, a question that it can pass.
def tamper(notebook):
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name == "bias_factor_linear-answer":
            cell.source = "def easy(W2, h, b2):\n    return W2"
        if name in ("bias_formula_b1", "bias_factor_relu", "bias_factor_loss"):
            cell.source = 'grade("bias_factor_linear", easy)'
