"""The scripts of the page: built where they should be, served, and held in by the content security policy."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.web import make_app
from sayso.workspace import Workspace

_ROOT = Path(__file__).parents[2]
_NEEDS_BUILT = not os.environ.get("CI") and not (files("sayso.web") / "static" / "built").is_dir()
needs_built = pytest.mark.skipif(_NEEDS_BUILT, reason="the page's scripts are not built: make assets")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Workspace.create(tmp_path / "ws") as workspace, TestClient(make_app(workspace)) as made:
        yield made


def test_the_policy_lets_only_own_scripts_run(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "connect-src 'self';" in policy
    assert "unsafe" not in policy


@needs_built
def test_every_script_a_page_names_is_served(client: TestClient) -> None:
    sources = sorted((_ROOT / "src/sayso/web/assets").glob("*.ts"))
    assert sources
    for source in sources:
        answer = client.get(f"/static/{source.stem}.js")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache"), source
        assert "javascript" in answer.headers["content-type"]


@needs_built
def test_the_divisions_of_the_map_are_small_and_of_the_whole_world(client: TestClient) -> None:
    answer = client.get("/static/divisions.json")
    assert 500_000 < len(answer.content) < 1_500_000
    shapes = answer.json()["objects"]["divisions"]["geometries"]
    countries = {shape["properties"]["country"] for shape in shapes}
    assert len(countries) > 200
    assert {"SYR", "IRQ", "UKR", "FJI"} <= countries
    # Of Syria there are fourteen governorates, and what Natural Earth draws apart.
    assert 14 <= sum(shape["properties"]["country"] == "SYR" for shape in shapes) <= 17


@pytest.mark.parametrize("path", ["/static/../server.py", "/static/%2e%2e/server.py", "/static/none.js"])
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_lock_pins_every_library_and_names_no_address() -> None:
    lock = json.loads((_ROOT / "package-lock.json").read_text())
    for name, package in lock["packages"].items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name
