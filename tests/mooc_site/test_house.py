"""Rules of the house that a machine can hold."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from importlinter.cli import lint_imports
from packaging.requirements import Requirement

BASE: Path = settings.BASE_DIR
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


@pytest.mark.django_db
def test_no_model_waits_for_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_floor_imports_only_floors_below_it(monkeypatch):
    monkeypatch.chdir(BASE)
    assert lint_imports(config_filename="pyproject.toml", cache_dir=None) == 0


@pytest.mark.parametrize("name", ["base", "dev"])
def test_requirements_are_pinned_hashed_and_name_no_index(name):
    text = (BASE / f"requirements/{name}.txt").read_text()
    assert "://" not in text
    assert "--find-links" not in text
    assert "index-url" not in text
    entries = [entry for entry in re.split(r"^(?=\S)", text, flags=re.MULTILINE) if entry.strip()]
    assert entries
    for entry in entries:
        assert PINNED.match(entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_the_pinned_versions_are_those_that_pyproject_asks_for():
    project = tomllib.loads((BASE / "pyproject.toml").read_text())
    asked = {
        "base": project["project"]["dependencies"],
        "dev": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }
    pinned = {
        name: {
            package.lower().replace("_", "-"): version
            for package, version in PINNED.findall((BASE / f"requirements/{name}.txt").read_text())
        }
        for name in asked
    }
    for name, wishes in asked.items():
        for wish in map(Requirement, wishes):
            version = pinned[name].get(wish.name.lower())
            assert version, f"{wish.name} is missing from requirements/{name}.txt: make lock"
            assert wish.specifier.contains(version), f"{wish} has become {version}: make lock"
    assert pinned["base"].items() <= pinned["dev"].items()


def test_make_alone_names_every_target():
    said = subprocess.run(["make"], cwd=BASE, capture_output=True, text=True, check=True).stdout
    named = set(re.findall(r"^make ([a-z-]+)", said, flags=re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.+)$", (BASE / "Makefile").read_text(), flags=re.MULTILINE)
    assert named == set(phony[1].split()) - {"help"}


def test_what_docker_would_run_is_what_the_rehearsal_runs():
    docker = (BASE / "Dockerfile").read_text() + (BASE / "compose.yaml").read_text()
    scripts = set(
        re.findall(r"deploy/[a-z-]+\.(?:sh|py)", re.sub(r"^\s*#.*$", "", docker, flags=re.MULTILINE))
    )
    assert {"deploy/install.sh", "deploy/collect.sh", "deploy/start-web.sh"} <= scripts
    rehearsal = (BASE / "deploy/rehearse.sh").read_text()
    for script in scripts:
        assert script in rehearsal, f"{script} is not rehearsed"
        assert script.endswith(".py") or os.access(BASE / script, os.X_OK), f"{script} cannot be executed"


def links(document: Path) -> list[Path]:
    """Where the links of a document to other files lead; what stands as an example in code is no link."""
    text = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", document.read_text(), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    return [(document.parent / target).resolve() for target in targets if "://" not in target]


def test_links_between_the_documents_lead_somewhere():
    documents = [*BASE.glob("*.md"), *(BASE / "docs").rglob("*.md")]
    assert len(documents) > 5
    for document in documents:
        for target in links(document):
            assert target.exists(), f"{document.relative_to(BASE)} links to {target}"


def test_every_document_is_listed_in_the_index():
    index = BASE / "docs/README.md"
    listed = {*links(index), index}
    for document in (BASE / "docs").rglob("*.md"):
        assert listed & {document, document.parent}, f"docs/README.md does not list {document.name}"
