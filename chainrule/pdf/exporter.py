"""The exporter behind ``jupyter nbconvert --to gradescope_pdf``."""

from __future__ import annotations

import json
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Bool, Unicode, default

from chainrule.pdf.export import export_pdf, shape_of, student_line
from chainrule.pdf.shape import Shape


class GradescopePDFExporter(Exporter):
    """A notebook as PDF with each question on a new page, and NAME.pages.json beside it.

    Everything can be set from the command line, for instance
    ``--GradescopePDFExporter.student_name="Ada Example"``.
    """

    export_from_notebook = "PDF for Gradescope"
    output_mimetype = "application/pdf"

    student_name = Unicode("", help="Name of the student, for each page.").tag(config=True)
    student_id = Unicode("", help="Id of the student, likewise.").tag(config=True)
    course = Unicode("", help="The course, likewise.").tag(config=True)
    assignment = Unicode("", help="The assignment, likewise.").tag(config=True)
    title = Unicode("", help="The title; by default the opening heading.").tag(config=True)
    written_only = Bool(False, help="Only the questions that a person marks.").tag(config=True)
    fixed_length = Unicode(
        "", help="The released notebook whose pages every question is to have."
    ).tag(config=True)
    instructor = Bool(False, help="Show hidden tests and marking schemes.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[bytes, Any]:
        """Convert a notebook node; the PDF's bytes and nbconvert's resources come back."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        about = resources["metadata"]
        pdf = export_pdf(
            nb,
            student=student_line(self.student_name, self.student_id) or None,
            course=self.course or None,
            assignment=self.assignment or None,
            title=self.title or None,
            root=about.get("path") or ".",
            name=about.get("name") or "notebook",
            instructor=self.instructor,
            written_only=self.written_only,
            fixed=self._shape(),
        )
        for problem in pdf.problems:
            place = f"cell {problem.cell}: " if problem.cell else ""
            self.log.warning("%s%s %s", place, problem.what, problem.remedy)
        pages = json.dumps(pdf.pages.to_json(), indent=2, ensure_ascii=False) + "\n"
        outputs = resources.setdefault("outputs", {})
        # nbconvert makes the folder of each output and cannot make one without a name.
        outputs[f"./{about.get('name') or 'notebook'}.pages.json"] = pages.encode()
        return pdf.data, resources

    def _shape(self) -> Shape | None:
        if not self.fixed_length:
            return None
        return shape_of(self.fixed_length, written_only=self.written_only)
