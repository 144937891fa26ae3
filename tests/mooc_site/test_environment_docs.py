"""docs/reference/environment.md names the environment variables that the site reads: those, and no others."""

import ast
import re
from pathlib import Path

from django.conf import settings

READERS = ["mooc_site/settings/*.py", "mooc_site/wsgi.py", "deploy/*.py", "tests/browser/conftest.py"]
TABLE = "docs/reference/environment.md"
# Read by what we build on, or by the Makefile and the scripts beside it.
OTHERS = {"DJANGO_SETTINGS_MODULE", "PORT", "PYTHON"}


def variables_read(source: str) -> set[str]:
    """Names given to env.…("NAME"), os.environ["NAME"] and os.environ.get("NAME") in Python source."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("env")), args=[ast.Constant(str(name)), *_]):
                found.add(name)
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="environ")), args=[ast.Constant(str(name)), *_]
            ):
                found.add(name)
            case ast.Subscript(value=ast.Attribute(attr="environ"), slice=ast.Constant(str(name))):
                found.add(name)
    return found


def test_each_way_of_reading_a_variable_is_seen():
    source = 'env.str("A"); env.int("B", default=1); os.environ["C"]; os.environ.get("D", "")'
    assert variables_read(source) == {"A", "B", "C", "D"}


def test_the_table_and_the_code_name_the_same_variables():
    base: Path = settings.BASE_DIR
    read = set(OTHERS)
    for pattern in READERS:
        for file in base.glob(pattern):
            read |= variables_read(file.read_text())
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (base / TABLE).read_text(), flags=re.MULTILINE)
    assert sorted(documented) == sorted(read)


def test_the_example_for_a_deployment_sets_documented_variables_only():
    base: Path = settings.BASE_DIR
    example = re.findall(r"^([A-Z_]+)=", (base / "deploy/env.example").read_text(), flags=re.MULTILINE)
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (base / TABLE).read_text(), flags=re.MULTILINE)
    assert set(example) - {"POSTGRES_PASSWORD"} <= set(documented)
