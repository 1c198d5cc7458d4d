"""The shape that the repository keeps; who may import whom is in pyproject.toml (import-linter)."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECTS = sorted(path.parent for path in ROOT.glob("*/*/pyproject.toml"))
SOURCES = sorted(file for project in PROJECTS for file in (project / "src").rglob("*.py"))
CODE = sorted(
    file
    for folder in ("libs", "services", "tests", "benchmarks", "samples")
    for file in (ROOT / folder).rglob("*.py")
)
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib", "base", "core"}
MOST_LINES = 400


def test_projects_are_found() -> None:
    names = {
        "contracts",
        "chassis",
        "embeddings",
        "filetypes",
        "places",
        "redaction",
        "skills",
        "drive-sync",
        "gateway",
        "ingest",
        "matcher",
        "notifier",
        "parser",
    }
    assert {p.name for p in PROJECTS} >= names
    assert len(SOURCES) > 100


def test_imports_point_one_way() -> None:
    linted = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_the_namespace_belongs_to_no_distribution() -> None:
    assert not [file for file in SOURCES if file.parent.name == "hotgigs"]


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_a_distribution_is_named_after_its_folder(project: Path) -> None:
    assert f'name = "hotgigs-{project.name}"' in (project / "pyproject.toml").read_text()
    assert [p.name for p in (project / "src" / "hotgigs").iterdir() if p.name != "__pycache__"] == [
        project.name.replace("-", "_")
    ]


def test_nothing_is_kept_in_drawers() -> None:
    assert not [f for f in SOURCES if {part.lower() for part in (*f.parts, f.stem)} & DRAWERS]


def test_the_chassis_does_not_know_what_the_services_are_about() -> None:
    files = [f for f in (ROOT / "libs/chassis/src").rglob("*") if f.suffix in (".py", ".mako")]
    assert files
    assert not [str(f) for f in files if re.search(r"resume|candidate", f.read_text(), re.IGNORECASE)]


def test_every_file_can_be_read_in_one_go() -> None:
    assert CODE
    assert not [str(file) for file in CODE if len(file.read_text().splitlines()) > MOST_LINES]


def test_every_version_is_pinned_once_without_an_address() -> None:
    lines = [
        line for line in (ROOT / "requirements.txt").read_text().splitlines() if not line.startswith("#")
    ]
    pins = [re.fullmatch(r"([A-Za-z0-9_.-]+)==[0-9][A-Za-z0-9.+!]*", line) for line in lines]
    assert not [line for line, pin in zip(lines, pins, strict=True) if pin is None]
    names = [_normal(pin[1]) for pin in pins if pin]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "file", [*(p / "pyproject.toml" for p in PROJECTS), ROOT / "requirements-dev.txt"], ids=str
)
def test_what_is_required_is_pinned(file: Path) -> None:
    import tomllib

    text = file.read_text()
    if file.suffix == ".toml":
        project = tomllib.loads(text)["project"]
        extras = project.get("optional-dependencies", {}).values()
        required = [*project.get("dependencies", []), *(one for extra in extras for one in extra)]
    else:
        required = [line for line in text.splitlines() if line and not line.startswith("#")]
    pinned = {
        _normal(line.partition("==")[0])
        for line in (ROOT / "requirements.txt").read_text().splitlines()
        if "==" in line
    }
    names = {_normal(re.split(r"[\[<>=!~; ]", one)[0]) for one in required}
    assert {name for name in names if not name.startswith("hotgigs-")} <= pinned


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt", "pyproject.toml"])
def test_no_index_address_is_written_down(file: str) -> None:
    assert not re.search(r"https?://|index-url|find-links", (ROOT / file).read_text())


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_readme_tells_of_no_metric_that_there_is_not() -> None:
    told = set(re.findall(r"^\| `(hotgigs_\w+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert told
    assert told <= {name for file in SOURCES for name in re.findall(r'"(hotgigs_\w+)"', file.read_text())}
