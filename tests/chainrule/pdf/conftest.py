"""Hypothesis profiles: ``pytest --hypothesis-profile=long tests/chainrule/pdf``.

Golden images: ``pytest tests/chainrule/pdf/test_golden.py --renew-golden`` draws them again.
"""

import pytest
from hypothesis import settings

settings.register_profile("long", max_examples=1000, derandomize=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="take the pages of the golden tests as they are now for right; look at them first",
    )
