"""The examples in the package's README and docstrings are true."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import skills_taxonomy

MODULES = [f"skills_taxonomy.{module.name}" for module in pkgutil.iter_modules(skills_taxonomy.__path__)]


@pytest.mark.parametrize("name", ["skills_taxonomy", *MODULES])
def test_examples_in_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_examples_in_the_readme_are_true() -> None:
    readme = Path(skills_taxonomy.__file__).parent / "README.md"
    results = doctest.testfile(str(readme), module_relative=False, encoding="utf-8")

    assert results.attempted
    assert results.failed == 0
