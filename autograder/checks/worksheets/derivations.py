"""Marking of chain-rule derivations: factors in order, tried with the real Jacobians."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from itertools import product as combinations

import numpy as np

from autograder.judge.trial import Trial
from chainrule.worksheets import Derivation
from chainrule.worksheets.derivation import Factor

Link = tuple[str, str]
"""A factor without its transpose: (of, by)."""

Jacobians = Mapping[Link, np.ndarray]
"""∂of/∂by by (of, by), one row an entry of `of`, one column an entry of `by`."""

TRANSPOSES_SHARE = 0.5
"""What a product still earns whose order is right and whose transposes are not."""


def mark_derivation(
    derivation: Derivation,
    chain: tuple[str, ...],
    tries: Sequence[Jacobians],
    t: Trial,
    points: float,
) -> None:
    """Two parts: the factors are those of the chain, and their product is the gradient.

    `chain` names the quantities from the loss to the target, such as L, y,
    b. Each of `tries` has the matrices at one point, those over several steps
    included: a skipped step is then seen as one. Every two orders must differ
    at some point, and next to an identity they do not. The product may come
    out as a row (the Jacobian convention) or as a column (the gradient
    convention); where a Jacobian is symmetric its transpose is free.
    """
    wanted = list(pairwise(chain))
    factors = derivation.factors
    links = [(factor.of, factor.by) for factor in factors]
    real = all(link in tries[0] for link in links)
    path = _walk(links, chain[0], chain[-1]) if real else None
    share = _chain_share(links, path, wanted)
    named = "the factors form the chain"
    with t.part(named, points / 2):
        if (derivation.target.of, derivation.target.by) != (chain[0], chain[-1]):
            t.miss(f"this should be the gradient of {chain[0]} with respect to {chain[-1]}")
        if not factors:
            t.miss("no factor is written")
        if links == [(chain[0], chain[-1])]:
            t.miss(f"{factors[0]} is what is asked for; take it apart with the chain rule")
        t.earn(share, *_chain_faults(links, path, wanted, tries[0]))
    with t.part("the product is the gradient", points / 2, needs=named):
        if path is None:
            t.miss("without the chain there is no product to try")
        fault = _product_fault(factors, (chain[0], chain[-1]), tries)
        in_order = links in (path, path[::-1])
        if fault is None:
            t.earn(share)
            if not in_order:
                t.say("this order works only because one of these Jacobians is the identity")
        elif in_order and _some_transposes(factors, chain, tries):
            t.earn(share * TRANSPOSES_SHARE, f"the order is right, the transposes are not: {fault}")
        else:
            t.miss(fault)


def _chain_share(links: list[Link], path: list[Link] | None, wanted: list[Link]) -> float:
    """How much of the chain is there: 1 if all of it is.

    A chain with steps skipped counts the joints it shows (a chain of n
    factors has n − 1); one with gaps counts its right factors less those that
    do not belong there.
    """
    if path is not None:
        inner = {by for _, by in wanted[:-1]}
        return sum(by in inner for _, by in path) / len(inner)
    right = set(links) & set(wanted)
    return max(0.0, (len(right) - (len(links) - len(right))) / len(wanted))


def _chain_faults(
    links: list[Link], path: list[Link] | None, wanted: list[Link], known: Jacobians
) -> list[str]:
    """What to tell a student about factors that are not those of the chain."""
    faults = []
    for of, by in dict.fromkeys(links):
        if (of, by) not in known:
            why = (
                f"the network computes {by} from {of}, not {of} from {by}"
                if (by, of) in known
                else f"{of} does not depend on {by}"
            )
            faults.append(f"∂{of}/∂{by} is no factor here: {why}")
        elif (of, by) not in wanted and path is not None:
            faults.append(f"∂{of}/∂{by} takes several steps at once; give each step its own factor")
        elif (of, by) not in wanted:
            faults.append(f"∂{of}/∂{by} is not on the way from {wanted[0][0]} to {wanted[-1][1]}")
    if path is None:
        again = [link for link in dict.fromkeys(links) if links.count(link) > 1]
        missing = [link for link in wanted if link not in links]
        faults += [f"∂{of}/∂{by} stands there more than once" for of, by in again]
        faults += [f"∂{of}/∂{by} is missing" for of, by in missing]
    return faults


def _product_fault(
    factors: tuple[Factor, ...], target: Link, tries: Sequence[Jacobians]
) -> str | None:
    """None if the factors multiply to the gradient at every point, else what is wrong."""
    for known in tries:
        matrices = [_matrix(factor, known) for factor in factors]
        gradient = known[target]
        try:
            product = matrices[0]
            for matrix in matrices[1:]:
                product = product @ matrix
        except ValueError:
            shapes = " · ".join("×".join(map(str, matrix.shape)) for matrix in matrices)
            return f"the shapes {shapes} do not multiply in this order"
        if product.shape not in (gradient.shape, gradient.T.shape) or not np.allclose(
            np.ravel(product), np.ravel(gradient), rtol=1e-9, atol=1e-12
        ):
            return "multiplied out in this order, the factors do not give the gradient"
    return None


def _some_transposes(
    factors: tuple[Factor, ...], chain: tuple[str, ...], tries: Sequence[Jacobians]
) -> bool:
    """Whether these factors, in this order, give the gradient with other transposes."""
    return any(
        _product_fault(
            tuple(replace(f, transposed=turn) for f, turn in zip(factors, turns, strict=True)),
            (chain[0], chain[-1]),
            tries,
        )
        is None
        for turns in combinations((False, True), repeat=len(factors))
    )


def _matrix(factor: Factor, known: Jacobians) -> np.ndarray:
    matrix = known[factor.of, factor.by]
    return matrix.T if factor.transposed else matrix


def _walk(links: list[Link], start: str, end: str) -> list[Link] | None:
    """The links in chain order from start to end, if all of them are used; else None."""
    left = list(links)
    path = []
    here = start
    while here != end:
        step = next((link for link in left if link[0] == here), None)
        if step is None:
            return None
        left.remove(step)
        path.append(step)
        here = step[1]
    return path if not left else None
