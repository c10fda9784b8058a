"""What a zygote imports before it forks kernels.

An import that it has done is one that no kernel waits for; but the larger it
is, the longer each fork and each end of a kernel takes. With torch in it that
is 0.15 s, as long as all else around a short notebook. So notebooks that name
torch get a zygote with it, and others one without.
"""

from __future__ import annotations

from nbformat import NotebookNode

ALWAYS = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "autograder.sandbox.figure_probe",
    "autograder.sandbox.probe",
    "chainrule",
    "chainrule.pictures",
    "chainrule.plots",
    "chainrule.training",
    "chainrule.worksheets",
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "numpy.random",
    "safetensors.numpy",
    "sqlite3",
    "tornado.platform.asyncio",
)
"""What any notebook of a course needs."""

TORCH = (
    "autograder.sandbox.torch_probe",
    "autograder.sandbox.torch_recipes",
    "safetensors.torch",
    "torch",
    "torch._dynamo",  # 0.65 s at the first optimizer's step
    "torch.utils.data",
    "torchvision",
    "torchvision.transforms.v2",
)


def preload_of(notebook: NotebookNode) -> tuple[str, ...]:
    """The modules that this notebook's zygote imports on top of those of `ALWAYS`."""
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return TORCH if any("torch" in source for source in code) else ()
