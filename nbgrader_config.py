"""The one configuration file: the course, its limits, nbgrader's settings and ours.

Stock nbgrader reads it too, so `nbgrader autograde`, `validate`,
`generate_assignment`, `generate_feedback` and `export` work on this course
with the same points. Take the lines marked "ours" out to get stock behaviour.
"""

from pathlib import Path

from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as nbgrader
from nbgrader.converters import GenerateAssignment

from autograder.feedback.hide import HideSecrets
from autograder.publication.cells import StudentCells
from autograder.repair.stock import Repair
from autograder.sandbox.execute import ExecuteAll
from autograder.sandbox.outputs import Verdicts
from autograder.scripts import ClearScripts, theirs

c = get_config()  # noqa: F821

# The course
c.CourseDirectory.course_id = "chainrule"
c.Course.name = "Deep Learning"
# Where students find it, as in "https://github.com/owner/name": what `autograder release --to`
# writes is pushed there. Every released notebook then has a Colab badge and installs the student
# package, whose address is only needed if it lies somewhere else.
c.Course.repository = ""
c.Course.branch = "main"
c.Course.student_package = ""
# Who is in it, for `autograder collect` and `export`: see docs/collecting.md.
# c.Course.roster = "roster.csv"

# What students see in place of an answer
c.ClearSolutions.code_stub = {"python": "# WRITE YOUR CODE HERE"}
c.ClearSolutions.text_stub = "*WRITE YOUR ANSWER HERE*"
# Marking schemes stand in locked question cells, which are not nbgrader tasks.
c.ClearMarkScheme.enforce_metadata = False

# Limits in seconds: for one cell, and for a notebook with all that is run again.
c.Execute.timeout = 30
c.ExecuteAll.notebook_timeout = 600
# Other limits for a notebook, for each of its cells, and for the cell with a certain grade_id:
# c.ExecuteAll.deadlines = {
#     "02-mlp/train": 1800,
#     "02-mlp/train/*": 60,
#     "02-mlp/train/fit-answer": 300,
# }
# So many kernels may a notebook lose; what comes after that is not run.
c.ExecuteAll.max_deaths = 3

# What `autograder export` writes. In Canvas an assignment is met by the number in its address.
# c.Export.canvas_assignments = {"01-backprop-worksheets": "Homework 1 (4242)"}
# c.Export.gradescope_titles = {"01-backprop-worksheets": "Homework 1"}
# c.Export.drop_questions = {"01-backprop-worksheets": ["exp_backward"]}
# c.Export.late_penalties = False

# Ours: notebooks say what they belong to, solutions are taken out of scripts as well, and what
# students completed stays theirs.
c.GenerateAssignment.preprocessors = [
    StudentCells,
    *GenerateAssignment().preprocessors,
    ClearScripts,
]
c.Autograde.exclude_overwriting = theirs(Path(__file__).parent / "source")

c.Autograde.sanitize_preprocessors = [
    Repair,  # ours: the released cells again, whatever became of them
    nbgrader.ClearOutput,
    nbgrader.DeduplicateIds,
    nbgrader.OverwriteKernelspec,
    nbgrader.OverwriteCells,
    nbgrader.CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    ExecuteAll,  # ours: a dead kernel or an endless loop costs its own cell only
    Verdicts,  # ours: warnings cost nothing, and no verdict earns no points
    nbgrader.IgnorePattern,
    ClearMetadataPreprocessor,
    nbgrader.LimitOutput,
    nbgrader.SaveAutoGrades,
    nbgrader.AssignLatePenalties,
]
c.GenerateFeedback.preprocessors = [
    HideSecrets,  # ours: no hidden tests and no marking schemes in feedback
    nbgrader.GetGrades,
    CSSHTMLHeaderPreprocessor,
]

# Feedback pages show what students wrote, and run nothing of it. Pictures come as PNG, because
# an SVG may hold a script and would be cut to pieces.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"markdown2html": "autograder.feedback.markdown.clean_markdown"}
c.NbConvertBase.display_data_priority = [
    "text/html",
    "image/png",
    "image/jpeg",
    "image/svg+xml",
    "text/latex",
    "text/markdown",
    "text/plain",
]
