"""The documentation says what there is: every command, option, exit code, format and field."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import typer
import typer.main

from sayso import contract
from sayso.cli import exits
from sayso.cli.app import app
from sayso.exporting import FORMATS
from sayso.exporting.spreadsheet import COLUMNS
from sayso.vocabulary.event_types import event_types

DOCS = Path(__file__).parents[1] / "docs"
COMMANDS = (DOCS / "commands.md").read_text("utf-8")
CONTRACT = (DOCS / "contract.md").read_text("utf-8")


def commands() -> dict[str, list[tuple[str, list[str]]]]:
    """Command names ("gazetteer add") to their parameters: ("option", its spellings) or ("argument", [its name])."""
    listed = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    found = {}
    while listed:
        name, command = listed.popitem()
        below = getattr(command, "commands", {})
        listed |= {f"{name} {own}": one for own, one in below.items()}
        if below:
            continue
        found[name] = [
            (
                parameter.param_type_name,
                list(parameter.opts) if parameter.param_type_name == "option" else [parameter.metavar],
            )
            for parameter in command.params
            if "--help" not in parameter.opts
        ]
    return found


def section(name: str) -> str:
    """The part of commands.md on one command."""
    parts = re.split(r"^## ", COMMANDS, flags=re.MULTILINE)
    return next((part for part in parts if re.match(rf"`sayso {name}[ `]", part)), "")


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_documented(name: str) -> None:
    documented = section(name)
    assert documented, f"docs/commands.md has no section on sayso {name}"
    missing = [
        spelling
        for kind, spellings in commands()[name]
        for spelling in spellings
        if not (
            f"`{spelling}" in documented
            or f"{spelling}`" in documented
            or (kind == "argument" and spelling in documented)
        )
    ]
    assert missing == []


@pytest.mark.parametrize("name", commands())
def test_no_option_is_documented_that_is_not_there(name: str) -> None:
    known = {spelling for _, spellings in commands()[name] for spelling in spellings} | {"--help"}
    written = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section(name)))
    assert written - known == set()


def test_no_command_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^## `sayso ([a-z]+(?: [a-z]+)?)", COMMANDS, flags=re.MULTILINE)) == set(commands())


def test_every_exit_code_is_documented() -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper()}
    assert codes == {int(code) for code in re.findall(r"^\| (\d+) \|", COMMANDS, flags=re.MULTILINE)}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_documented(name: str) -> None:
    assert f"`{name}`" in section("export")


def test_every_csv_column_is_documented() -> None:
    assert [column for column in COLUMNS if f"`{column}`" not in COMMANDS] == []


def test_every_field_of_the_contract_is_documented() -> None:
    source = inspect.getsource(contract) + (Path(inspect.getfile(contract)).parent / "workspace/events.py").read_text()
    fields = set(re.findall(r'^\s+"(\w+)": ', source, flags=re.MULTILINE)) - {"event_id", "reading_order"}
    internal = {"statement_number", "position", "group_id", "document_number", "disputed", "record"}
    assert sorted(field for field in fields - internal if f"`{field}`" not in CONTRACT) == []


def test_schemas_and_types_are_documented() -> None:
    for schema in (contract.DOCUMENT_SCHEMA, contract.EVENT_SCHEMA):
        assert f"`{schema}`" in CONTRACT
    assert [name for name in event_types() if f"`{name}`" not in CONTRACT] == []
