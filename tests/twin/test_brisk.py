"""Imports that leave out what they only look for."""

import importlib
import sys

import pytest

from twin.raster.brisk import without


def test_a_module_seems_absent_and_is_there_again_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with without("colorsys"), pytest.raises(ImportError):
        importlib.import_module("colorsys")
    assert importlib.import_module("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)


def test_what_is_imported_already_stays() -> None:
    with without("sys"):
        assert importlib.import_module("sys") is sys
