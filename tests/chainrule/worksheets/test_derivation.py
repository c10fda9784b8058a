"""A derivation reads what students write, says what it cannot read, and survives its format."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.worksheets import Derivation, WorksheetError
from chainrule.worksheets.derivation import MAX_FACTORS, Factor

NAMES = ["L", "yhat", "h", "v", "b1", "b2"]


def derivation(*factors: str, target: str = "L/b1") -> Derivation:
    written = Derivation(target, known=NAMES)
    written.write(*factors)
    return written


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("L/yhat", Factor("L", "yhat")),
        (" yhat / b2 .T", Factor("yhat", "b2", True)),
        ("dL/dyhat", Factor("L", "yhat")),
        ("∂L/∂ŷ", Factor("L", "yhat")),
        ("∂L/∂y\N{COMBINING CIRCUMFLEX ACCENT}", Factor("L", "yhat")),
        ("(yhat/b2).T", Factor("yhat", "b2", True)),
        ("(yhat/b2.T)", Factor("yhat", "b2", True)),
        ("(∂yhat)/(∂b2)ᵀ", Factor("yhat", "b2", True)),
        ("y_hat/b^(2)^T", Factor("yhat", "b2", True)),
        ("dv/db¹^{T}", Factor("v", "b1", True)),
    ],
)
def test_a_factor_may_be_written_as_people_write_it(text, factor):
    assert derivation(text).factors == (factor,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L", "is not a factor"),
        ("L/", "lacks a name"),
        ("/L", "lacks a name"),
        ("L/W2", "does not know"),
        ("L/y", "Did you mean 'yhat'"),
        ("L/b", "'b1' or 'b2'"),
        ("l/yhat", "Did you mean 'L'"),
        ("L/yhat * yhat/b2", "more than one factor"),
        ("yhat.T/b2", "transpose in the middle"),
        (3, "in quotes"),
        (None, "in quotes"),
    ],
)
def test_a_factor_that_cannot_be_read_is_named_with_the_way_out(text, words):
    with pytest.raises(WorksheetError, match=words):
        derivation(text)


def test_a_bad_factor_leaves_what_was_written_before():
    written = derivation("L/yhat", "yhat/b2")
    with pytest.raises(WorksheetError):
        written.write("L/yhat", "yhat/W2")
    assert len(written.factors) == 2


def test_a_list_of_factors_is_as_good():
    written = Derivation("L/b2", known=NAMES)
    written.write(["L/yhat", "yhat/b2"])
    assert written.factors == derivation("L/yhat", "yhat/b2").factors


def test_too_many_factors_are_refused():
    with pytest.raises(WorksheetError, match=f"at most {MAX_FACTORS}"):
        derivation(*["L/yhat"] * (MAX_FACTORS + 1))


def test_a_name_that_starts_with_d_is_not_a_derivative_of_something():
    written = Derivation("L/dv", known=["L", "v", "dv"])
    assert written.target == Factor("L", "dv")


@pytest.mark.parametrize("known", [[], ["b 1"], ["a/b"], ["L", "L"], "L", [3], ["x" * 41]])
def test_names_must_be_such_that_a_factor_can_be_read(known):
    with pytest.raises(WorksheetError):
        Derivation("L/L", known=known)


def test_check_raises_while_nothing_is_written():
    with pytest.raises(WorksheetError, match="No factor"):
        Derivation("L/b1", known=NAMES).check()


def test_check_says_how_the_product_reads(capsys):
    derivation("L/yhat", "yhat/b2", target="L/b2").check()
    assert capsys.readouterr().out == "✓ 2 factors: (∂L/∂b2) = (∂L/∂yhat) · (∂yhat/∂b2)\n"


def test_the_left_side_is_a_column_where_the_factors_make_one():
    column = derivation("yhat/b2.T", "L/yhat.T", target="L/b2")
    assert str(column) == "(∂L/∂b2)ᵀ = (∂yhat/∂b2)ᵀ · (∂L/∂yhat)ᵀ"
    assert column._repr_latex_() == (
        r"$\displaystyle \left(\frac{\partial L}{\partial b^{(2)}}\right)^{\top} = "
        r"\left(\frac{\partial \hat{y}}{\partial b^{(2)}}\right)^{\top}\;"
        r"\left(\frac{\partial L}{\partial \hat{y}}\right)^{\top}$"
    )


factors = st.builds(Factor, st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans())


@given(st.lists(factors, max_size=MAX_FACTORS))
def test_the_plain_format_round_trips(written):
    before = Derivation("L/b1", known=NAMES)
    before.factors = tuple(written)
    after = Derivation.from_dict(json.loads(json.dumps(before.to_dict())))
    assert (after.known, after.target, after.factors) == (
        before.known,
        before.target,
        before.factors,
    )


@given(st.lists(factors, min_size=1, max_size=MAX_FACTORS))
def test_what_is_shown_can_be_written_again(written):
    assert derivation(*map(str, written)).factors == tuple(written)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "chainrule.worksheet"},
        {"version": 2},
        {"known": "L"},
        {"known": ["L"]},
        {"target": "L/b1"},
        {"factors": {}},
        {"factors": [{"of": "L", "by": "yhat"}]},
        {"factors": [{"of": "L", "by": "W2", "transposed": False}]},
        {"factors": [{"of": "L", "by": ["v"], "transposed": False}]},
        {"factors": [{"of": "L", "by": "yhat", "transposed": "no"}]},
        {"factors": [{"of": "L", "by": "yhat", "transposed": False}] * (MAX_FACTORS + 1)},
    ],
)
def test_a_bad_plain_format_is_refused(change):
    with pytest.raises(WorksheetError):
        Derivation.from_dict(derivation("L/yhat").to_dict() | change)


@pytest.mark.parametrize("field", ["known", "target", "factors"])
def test_a_plain_format_that_lacks_something_is_refused(field):
    plain = derivation("L/yhat").to_dict()
    del plain[field]
    with pytest.raises(WorksheetError, match=field):
        Derivation.from_dict(plain)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(text):
    written = derivation()
    with contextlib.suppress(WorksheetError):
        written.write(text)
        assert len(written.factors) == 1
