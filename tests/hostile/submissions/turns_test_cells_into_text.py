# points: 0
# notebook
# shows: locked cell bias_factor_relu had been changed and was put back
# A test cell that is Markdown, or a place for an answer, is left for a person to mark.
def tamper(notebook):
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and marks.get("grade"):
            marks["solution"] = True
            if marks["grade_id"].startswith("bias_f"):
                cell.cell_type = "markdown"
                del cell["outputs"], cell["execution_count"]
