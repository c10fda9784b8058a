"""Training runs that are kept: trained once, saved, resumed, and loaded when they are graded."""

from chainrule.training.environment import device, is_grading
from chainrule.training.errors import TrainingError
from chainrule.training.loop import train
from chainrule.training.randomness import seed_all
from chainrule.training.run import Run

__all__ = ["Run", "TrainingError", "device", "is_grading", "seed_all", "train"]
