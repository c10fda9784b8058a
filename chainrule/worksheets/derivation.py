"""A chain-rule derivation as its factors in order, before any of them is worked out."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from chainrule.worksheets.errors import WorksheetError

FORMAT = "chainrule.derivation"
VERSION = 1
MAX_FACTORS = 12
MAX_NAMES = 40
MAX_NAME_LENGTH = 40

TRANSPOSED = re.compile(r"\s*(\.\s*T|\^\s*\{?[T⊤]\}?|ᵀ)$")
"""The ways to write a transpose at the end of a factor: .T, ^T, ^{T}, ᵀ."""


@dataclass(frozen=True)
class Factor:
    """One factor of a product: the Jacobian ∂`of`/∂`by`, as it is or transposed."""

    of: str
    by: str
    transposed: bool = False

    def __str__(self) -> str:
        return f"(∂{self.of}/∂{self.by})" + ("ᵀ" if self.transposed else "")


class Derivation:
    """The gradient of one quantity as a product of Jacobians, written left to right.

    `known` are the names that may stand in a factor. A factor is written
    "L/y" for ∂L/∂y, and "y/h.T" for (∂y/∂h)ᵀ.

    >>> gradient = Derivation("L/b", known=["L", "y", "b"])
    >>> gradient.write("y/b.T", "L/y.T")
    """

    def __init__(self, target: str, known: Sequence[str]) -> None:
        self.known = _names(known)
        self.target = self._parse(target)
        self.factors: tuple[Factor, ...] = ()

    def write(self, *factors: str) -> None:
        """Write the factors from left to right; writing again replaces what was there.

        WorksheetError names a factor that cannot be read; the derivation then
        stays as it was.
        """
        if len(factors) == 1 and isinstance(factors[0], list | tuple):
            factors = tuple(factors[0])
        if len(factors) > MAX_FACTORS:
            raise WorksheetError(
                f"You wrote {len(factors)} factors; a derivation has at most {MAX_FACTORS}."
            )
        self.factors = tuple(self._parse(text) for text in factors)

    def check(self) -> None:
        """Say how the product reads. Raises WorksheetError if nothing is written yet."""
        if not self.factors:
            raise WorksheetError(
                f"No factor of {self.target} is written yet. Fill the cell above and run it."
            )
        count = len(self.factors)
        print(f"✓ {count} factor{'s' if count > 1 else ''}: {self}")

    def __str__(self) -> str:
        return f"{self._left_side()} = " + (" · ".join(map(str, self.factors)) or "…")

    def __repr__(self) -> str:
        return f"<derivation {self}>"

    def _repr_latex_(self) -> str:
        def tex(factor: Factor) -> str:
            fraction = rf"\frac{{\partial {_symbol(factor.of)}}}{{\partial {_symbol(factor.by)}}}"
            return rf"\left({fraction}\right)^{{\top}}" if factor.transposed else fraction

        product = r"\;".join(map(tex, self.factors)) or r"\ldots"
        return rf"$\displaystyle {tex(self._left_side())} = {product}$"

    def to_dict(self) -> dict:
        """The plain format: target and factors as {of, by, transposed}."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "known": list(self.known),
            "target": asdict(self.target),
            "factors": [asdict(factor) for factor in self.factors],
        }

    @classmethod
    def from_dict(cls, data: object) -> Derivation:
        """Read the plain format; WorksheetError says what is wrong with it."""
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise WorksheetError("This is not a derivation.")
        if data.get("version") != VERSION:
            raise WorksheetError(f"A derivation of version {data.get('version')!r} cannot be read.")
        for field in ("known", "target", "factors"):
            if field not in data:
                raise WorksheetError(f"A derivation lacks {field!r}.")
        factors = data["factors"]
        if not isinstance(factors, list) or len(factors) > MAX_FACTORS:
            raise WorksheetError(f"A derivation has a list of at most {MAX_FACTORS} factors.")
        derivation = cls.__new__(cls)
        derivation.known = _names(data["known"])
        derivation.target = derivation._read(data["target"])
        derivation.factors = tuple(derivation._read(entry) for entry in factors)
        return derivation

    # -- inside -----------------------------------------------------------------------------

    def _left_side(self) -> Factor:
        """The target as the factors give it: transposed if their order makes a column of it."""
        if self.factors and self.factors[0].of != self.target.of == self.factors[-1].of:
            return replace(self.target, transposed=True)
        return self.target

    def _read(self, entry: object) -> Factor:
        """A factor from its plain format."""
        if not isinstance(entry, dict) or set(entry) != {"of", "by", "transposed"}:
            raise WorksheetError(f"{entry!r} is not a factor: it needs of, by and transposed.")
        of, by, transposed = entry["of"], entry["by"], entry["transposed"]
        if of not in self.known or by not in self.known or not isinstance(transposed, bool):
            raise WorksheetError(f"{entry!r} is not a factor of {', '.join(self.known)}.")
        return Factor(of, by, transposed)

    def _parse(self, text: object) -> Factor:
        """A factor as a student writes it: "L/y", "dL/dy", "(∂L/∂y)ᵀ"."""
        if not isinstance(text, str):
            raise WorksheetError(
                f'A factor is written as text in quotes, for example "L/y"; '
                f"got {type(text).__name__}."
            )
        body = text.strip()
        if body.startswith("(") and body.endswith(")"):
            body = body[1:-1].strip()
        transposed = bool(TRANSPOSED.search(body))
        body = TRANSPOSED.sub("", body)
        if body.count("/") > 1:
            raise WorksheetError(
                f"{text!r} holds more than one factor. Put each factor in quotes of its own, "
                f'with a comma behind it: "L/y", "y/h".'
            )
        if "/" not in body:
            raise WorksheetError(f'{text!r} is not a factor. Write "L/y" for ∂L/∂y.')
        of, by = (self._name(part, text) for part in body.split("/"))
        return Factor(of, by, transposed)

    def _name(self, part: str, text: str) -> str:
        """The known name that `part` of a factor stands for."""
        part = part.strip().strip("()").strip()
        for spelling in (str, _plain):
            # ∂ and d are signs of a derivative, unless a quantity is really called so.
            for candidate in (spelling(part), spelling(part.removeprefix("∂").strip())):
                for name in (candidate, candidate.removeprefix("d").strip()):
                    fits = [known for known in self.known if spelling(known) == name]
                    if len(fits) == 1:
                        return fits[0]
        if not part:
            raise WorksheetError(f'{text!r} lacks a name beside the "/". Write "L/y" for ∂L/∂y.')
        if TRANSPOSED.search(part):
            raise WorksheetError(
                f'{text!r} has its transpose in the middle. It belongs at the end: "L/y.T".'
            )
        raise WorksheetError(
            f"{text!r} names {part!r}, which this derivation does not know. "
            f"It knows: {', '.join(self.known)}.{self._suggestion(part)}"
        )

    def _suggestion(self, part: str) -> str:
        plain = _plain(part).lower()
        lower = {name.lower(): name for name in self.known}
        close = [lower[name] for name in lower if plain and name.startswith(plain)]
        close = close or [lower[name] for name in difflib.get_close_matches(plain, lower)]
        return f" Did you mean {' or '.join(map(repr, close))}?" if close else ""


def _names(known: object) -> tuple[str, ...]:
    """The names of a derivation, if they can be told apart and written in a factor."""
    if not isinstance(known, list | tuple) or not 0 < len(known) <= MAX_NAMES:
        raise WorksheetError(f"A derivation knows a list of 1 to {MAX_NAMES} names.")
    for name in known:
        if not isinstance(name, str) or not name.isidentifier() or len(name) > MAX_NAME_LENGTH:
            raise WorksheetError(f"{name!r} is not a name. Use letters and digits, such as 'b1'.")
    if len(set(known)) < len(known):
        raise WorksheetError(f"A name stands twice in {', '.join(known)}.")
    return tuple(known)


def _plain(name: str) -> str:
    """A name without its typography, so that ŷ and y_hat are yhat, and b² and b^(2) are b2."""
    decomposed = unicodedata.normalize("NFKD", name).replace(
        "\N{COMBINING CIRCUMFLEX ACCENT}", "hat"
    )
    return "".join(sign for sign in decomposed if sign.isalnum())


def _symbol(name: str) -> str:
    """A name as TeX: letters, then digits as an upper index, as b1 is written b⁽¹⁾ in the text."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    letters = {"yhat": r"\hat{y}"}.get(letters, letters)
    return rf"{letters}^{{({digits})}}" if digits else letters
