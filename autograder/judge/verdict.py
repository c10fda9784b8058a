"""What the judge says about one answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Part:
    """One part of a check: what it is about, the points it earned, and what there is to say."""

    name: str
    points: float
    max_points: float
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """The parts of one check, in order, and the seconds the check took.

    `notes` are for the instructor: what looked deliberate. They cost nothing. `undecided` says
    why there is no verdict, where it is the grading machine that lacks something: then the
    points mean nothing, and the answer is graded again later.
    """

    check: str
    parts: tuple[Part, ...]
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    undecided: str = ""

    @property
    def points(self) -> float:
        """Points earned, to two decimals: what the gradebook gets."""
        # Halves go up, whichever way a float's last bit happens to point.
        return round(sum(part.points for part in self.parts) + 1e-9, 2)

    @property
    def max_points(self) -> float:
        return round(sum(part.max_points for part in self.parts), 2)

    def text(self) -> str:
        """The verdict as a student reads it: the sum, then a line a part with its messages."""
        unit = "point" if self.max_points == 1 else "points"
        lines = [f"{self.check}: {self.points:g} of {self.max_points:g} {unit}"]
        for part in self.parts:
            full = part.points >= part.max_points
            mark = "✓" if full else "✗" if part.points <= 0 else "◐"
            lines.append(f" {mark} {part.name}: {_short(part.points)} of {_short(part.max_points)}")
            lines += [f"     {message}" for message in part.messages]
        return "\n".join(lines)

    def to_dict(self) -> dict:
        """The verdict as JSON has it; `from_dict` reads it back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict) -> Verdict:
        parts = tuple(
            Part(part["name"], part["points"], part["max_points"], tuple(part["messages"]))
            for part in data["parts"]
        )
        notes = tuple(data["notes"])
        return cls(data["check"], parts, data["seconds"], notes, data["undecided"])


def _short(points: float) -> str:
    # With two decimals 0.175 and 0.025 would seem to make 0.21, with three 0.1875 and 0.0625 0.251.
    return f"{round(points + 1e-9, 4):g}"
