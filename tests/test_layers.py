"""Data flows one way: a folder imports only what stands before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso

PACKAGE = Path(sayso.__file__).parent

#: In the order of DESIGN: each may import those before it, and itself. Those in one group do not import each other.
ORDER = (
    ("errors", "ids", "model"),
    ("contract",),
    ("wording",),
    ("vocabulary",),
    ("reading",),
    ("coding",),
    ("linking",),
    ("workspace",),
    ("exporting",),
    ("running",),
    ("web",),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, part) of every import of a part of sayso in ``path``, wherever it stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative imports hide where they lead"
            # "from sayso import linking" imports a part as well as "from sayso.linking import link" does.
            names = [f"sayso.{a.name}" for a in node.names] if node.module == "sayso" else [node.module or ""]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "sayso" and rest:
                yield node.lineno, rest.split(".")[0]


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_part_has_its_place() -> None:
    parts = {part_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}
    assert parts == set(RANK)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_lead_one_way(path: Path) -> None:
    own = part_of(path)
    if own == "__init__":
        # The front door: it may show anything, and nothing inside may come in by it but for the version.
        return
    wrong = [
        f"{path.name}:{line} imports {part}"
        for line, part in imports(path)
        if part in RANK and part != own and RANK[part] >= RANK[own]
    ]
    assert wrong == []


def test_inside_nothing_comes_in_by_the_front_door() -> None:
    """``from sayso import Coder`` inside the package would import everything, in a circle."""
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} imports {part}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, part in imports(path)
        if part not in RANK and part != "__version__" and part_of(path) != "__init__"
    ]
    assert wrong == []


def test_a_wrong_import_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("import os\n\ndef late():\n    from sayso import linking\n    import sayso.cli.app\n")
    assert sorted(imports(module)) == [(4, "linking"), (5, "cli")]
