"""The pages for newcomers hold: their commands exist, their links resolve, their snippets run."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer
import typer.main

from sayso.cli.app import app

ROOT = Path(__file__).parents[1]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *sorted(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")),
)
NOTES = tuple(sorted(f"docs/design/{p.name}" for p in (ROOT / "docs" / "design").glob("*.md")))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!\\)\[(?:[^\]\n]|\n(?!\n))+\]\(([^)\s]+)\)")


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    return [code for kind, code in FENCE.findall(text_of(page)) if kind == language]


def commands_in(page: str) -> list[str]:
    """Lines of plain code blocks and code words in the text, without their comments."""
    text = text_of(page)
    lines = [line.split("#")[0].strip() for block in blocks(page, "") for line in block.splitlines()]
    # A code word may be broken over two lines.
    return lines + [" ".join(word.split()) for word in re.findall(r"`([^`]+)`", FENCE.sub("", text))]


def anchors(page: Path) -> set[str]:
    """The ids that forges give the headings of a page: lower case, hyphens for spaces, no other punctuation."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of("Makefile"), flags=re.MULTILINE))


def sayso_commands() -> set[str]:
    return set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_exist(page: str) -> None:
    named = {
        target
        for command in commands_in(page)
        if command.startswith("make ")
        for target in command.removeprefix("make ").split()
    }
    assert named - make_targets() == set()


@pytest.mark.parametrize("page", PAGES)
def test_sayso_commands_exist(page: str) -> None:
    found = (re.match(r"(?:\S*/)?sayso ([a-z]+)\b", command) for command in commands_in(page))
    assert {match[1] for match in found if match} - sayso_commands() == set()


def test_the_readme_names_what_a_newcomer_needs() -> None:
    commands = commands_in("README.md")
    assert {"make demo", "make test"} <= set(commands)
    assert any(command.startswith("sayso build") for command in commands)


def test_contributing_starts_with_a_command() -> None:
    assert FENCE.search(text_of("CONTRIBUTING.md"))
    assert re.match(r"# .+\n\n```\nmake \w+\n```", text_of("CONTRIBUTING.md"))


@pytest.mark.parametrize("page", [*PAGES, *NOTES])
def test_links_resolve(page: str) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", text_of(page))):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        file = ((ROOT / page).parent / unquote(path)).resolve() if path else ROOT / page
        inside = file.is_relative_to(ROOT.resolve())
        if not (inside and file.exists() and (not anchor or anchor in anchors(file))):
            broken.append(target)
    assert broken == []


def test_every_page_is_on_the_map() -> None:
    linked = {target.partition("#")[0] for target in LINK.findall(text_of("docs/index.md"))}
    pages = {page.removeprefix("docs/") for page in (*PAGES, *NOTES) if page.startswith("docs/")}
    assert pages - linked - {"index.md"} == set()


def test_every_library_has_its_reason() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    optional = [one for extra in project["optional-dependencies"].values() for one in extra]
    needed = {re.split(r"[^\w.-]", dependency)[0] for dependency in [*project["dependencies"], *optional]}
    told = set(re.findall(r"^\| `([\w.-]+)` \|", text_of("docs/design/libraries.md"), flags=re.MULTILINE))
    assert told == needed


def test_every_sample_article_is_told_of() -> None:
    told = set(re.findall(r"^\| `([\w.-]+)`", text_of("docs/sample.md"), flags=re.MULTILINE))
    assert told == {file.name for file in (ROOT / "sample").iterdir()}


def test_python_snippets_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "sample", tmp_path / "sample")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for number, snippet in enumerate(blocks("docs/python.md", "python"), 1):
        exec(compile(snippet, f"docs/python.md, snippet {number}", "exec"), names)
    assert names["problems"] == []
    printed = capsys.readouterr().out
    # What the page promises of them: a date from "on Sunday", an event that two outlets tell, a workspace that finds.
    assert "2016-03-27" in printed
    assert "Coastal Gazette" in printed
    assert "Figures(documents=4" in printed
