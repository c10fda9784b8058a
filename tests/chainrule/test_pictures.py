"""The pictures: all drawn, well-formed, at peace with each other on a page, and said in words."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

from chainrule import picture
from chainrule.pictures import names
from chainrule.pictures.drawings import DRAWINGS, GIVEN, svg

SOURCES = sorted((Path(__file__).parents[2] / "source").glob("*/*.ipynb"))


def test_every_drawing_has_its_picture():
    assert names() == sorted(DRAWINGS)


@pytest.mark.parametrize("name", names())
def test_a_picture_is_an_image_with_words(name):
    shown = picture(name)._repr_mimebundle_()
    root = ElementTree.fromstring(shown["image/svg+xml"])
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{name}-words"
    assert shown["text/plain"] == " ".join(DRAWINGS[name].__doc__.split())
    assert "<style" not in shown["image/svg+xml"]  # it would hold for the whole page


def test_pictures_on_one_page_share_no_ids():
    found = [set(re.findall(r'\bid="([^"]+)"', picture(name).svg)) for name in names()]
    assert sum(map(len, found)) == len(set().union(*found))


@pytest.mark.parametrize("name", names())
def test_what_a_picture_refers_to_is_in_it(name):
    text = picture(name).svg
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    assert used <= set(re.findall(r'\bid="([^"]+)"', text))


def test_drawing_again_gives_the_same():
    assert svg("relu") == svg("relu")


def test_a_picture_that_is_not_there():
    with pytest.raises(ValueError, match=r"no picture 'sigmund'\. There are: bias-network, "):
        picture("sigmund")


def test_the_network_shows_the_numbers_of_its_notebook():
    (path,) = (path for path in SOURCES if path.stem == "3-two-layer-network")
    (setup,) = (c for c in nbformat.read(path, as_version=4).cells if c.id == "setup")
    numbers = {}
    exec(setup.source[setup.source.index("GIVEN") :], numbers)
    assert numbers["GIVEN"] == GIVEN


def test_notebooks_show_every_picture_and_no_other():
    shown = set()
    for path in SOURCES:
        for cell in nbformat.read(path, as_version=4).cells:
            shown |= set(re.findall(r'^picture\("([^"]+)"\)$', cell.source, re.MULTILINE))
    assert shown == set(names())
