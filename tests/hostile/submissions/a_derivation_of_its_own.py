# points: 0
# cell: bias_chain_b1
# A subclass whose plain form is whatever it likes, another one each time it is asked.
import itertools

forms = itertools.cycle(
    (
        {"format": "chainrule.derivation", "points": 2, "factors": [], "version": 1},
        {"format": "chainrule.derivation", "version": 1, "known": ["L"] * 10**6},
        {"format": "chainrule.derivation", "version": 1, "__class__": "Verdict", "points": 2.0},
    )
)


class Mine(Derivation):
    def to_dict(self):
        return next(forms)

    def __eq__(self, other):
        return True

    __hash__ = object.__hash__

    def _repr_latex_(self):
        return "2.0"


mine = Mine("L/b1", known=["L", "b1"])
mine.write("L/b1.T")
gradient_b1 = mine
