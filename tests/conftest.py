"""Fixtures shared by the whole suite."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from postgresql import programs as server_programs
from postgresql import server

from sayso.coding.parse import Parser
from sayso.vocabulary.gazetteer import Gazetteer

# How long an example may take says more about the machine than about the code.
settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")


@pytest.fixture(scope="session", autouse=True)
def _no_tables_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the user of this machine added to the vocabulary is no part of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The pinned parser, loaded once for the whole run."""
    return Parser()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer in the user's cache; built there (under a minute) the first time."""
    return Gazetteer.open()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of local research data (``SAYSO_SHARED``); tests that need it skip where it is absent."""
    folder = Path(os.environ.get("SAYSO_SHARED", Path(__file__).parents[1].parent / "shared"))
    if not (folder / "corpora").is_dir():
        pytest.skip("no shared research data here (set SAYSO_SHARED)")
    return folder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server of the tests' own; without one installed they skip, but in CI they fail."""
    programs = server_programs()
    if programs is None:
        message = "no PostgreSQL server here (Debian: apt-get install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with server(programs) as url:
        yield url


@pytest.fixture(params=["folder", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address at which there is no workspace yet: once a folder, once a schema of a real server."""
    if request.param == "folder":
        return str(tmp_path / "ws")
    return f"{request.getfixturevalue('postgresql')}&schema=w{uuid.uuid4().hex}"
