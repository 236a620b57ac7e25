"""The API: what it gives, who may, and that nothing sent to it breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from plain_workspace import built, write_texts

from sayso.web import make_app
from sayso.web.access import WRITE_HEADER
from sayso.workspace import Workspace, users

_TEXT = "On 2016-03-27 the army shelled Homs, killing 8, said SANA. On 2016-03-28 the rebels captured Hama."
_WRITE = {WRITE_HEADER: "1"}


@pytest.fixture
def workspace(where: str, tmp_path: Path) -> Iterator[Workspace]:
    other = "On 2016-03-27 the army shelled Homs, killing 9."
    with built(where, write_texts(tmp_path / "in", _TEXT, other)) as made:
        yield made


def test_questions_are_answered(client: TestClient) -> None:
    found = client.get("/api/1/events").json()
    assert (found["total"], [event["type"] for event in found["events"]]) == (2, ["shelling", "capture"])
    assert client.get("/api/1/events?limit=1&offset=1").json()["events"] == found["events"][1:]
    shelling = found["events"][0]
    one = client.get(f"/api/1/events/{shelling['id']}").json()
    assert (one["event"], len(one["told"])) == (shelling, 2)
    for query, number in (
        ("type=shelling", 1), ("place=hom", 1), ("actor=army", 1), ("from=2016-03-28", 1), ("to=2015", 0),
        ("disputed=1", 1), ("voices=3", 0), ("reviewed=yes", 0), ("reviewed=no", 2), ("words=SANA", 2),
        ("words=killing+9", 1), ("words=%25", 0), ("outlet=Gazette", 0), ("status=happened", 2),
    ):  # fmt: skip
        assert client.get(f"/api/1/events?{query}").json()["total"] == number, query
    assert client.get("/api/1/facets").json()["type"] == [["capture", 1], ["shelling", 1]]
    document = client.get(f"/api/1/documents/{shelling['documents'][0]}").json()
    assert document["schema"] == "sayso/document/1"
    original = client.get(f"/api/1/documents/{document['id']}/original")
    assert original.content.decode() == document["text"]
    assert original.headers["content-disposition"].startswith("attachment")
    assert client.get("/api/1/search?words=captur*").json()[0]["document_id"]
    assert client.get("/api/1/figures").json()["documents"] == 2
    assert len(client.get("/api/1/disagreements").json()) == 1
    assert client.get("/api/1/copies").json() == []


def test_a_judgement_is_made_shown_and_taken_back(client: TestClient) -> None:
    statement = client.get("/api/1/events?type=capture").json()["events"][0]["statements"][0]
    body = {"kind": "edit", "verdict": "status", "statements": [statement], "detail": {"value": "denied"}, "seen": []}
    made = client.post("/api/1/judgements", json=body, headers=_WRITE)
    assert made.status_code == 201
    assert client.get("/api/1/events?status=denied").json()["total"] == 1
    assert client.get("/api/1/events?reviewed=yes").json()["total"] == 1
    clash = client.post("/api/1/judgements", json=body | {"detail": {"value": "alleged"}}, headers=_WRITE)
    assert (clash.status_code, clash.json()["detail"]["judgements"]) == (409, [made.json()["id"]])
    assert client.delete(f"/api/1/judgements/{made.json()['id']}", headers=_WRITE).status_code == 200
    assert client.get("/api/1/events?status=denied").json()["total"] == 0
    assert [j["withdrawn_at"] is None for j in client.get("/api/1/judgements").json()] == [False]
    assert [entry["action"] for entry in client.get("/api/1/ledger").json()][-2:] == ["judged", "withdrew"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/1/events?type=victory", None, 400),
        ("GET", "/api/1/events?from=yesterday", None, 400),
        ("GET", "/api/1/events?voices=²", None, 400),
        ("GET", "/api/1/events?words=%00", None, 400),
        ("GET", "/api/1/events?limit=0", None, 422),
        ("GET", "/api/1/events/evt_0", None, 404),
        ("GET", "/api/1/documents/../../etc/passwd", None, 404),
        ("POST", "/api/1/judgements", {"kind": "review", "verdict": "reject", "statements": ["stm_0"]}, 400),
        ("POST", "/api/1/judgements", {"kind": "review", "verdict": "burn", "statements": ["stm_0"]}, 400),
        ("POST", "/api/1/judgements", {"kind": "review", "verdict": "reject", "statements": []}, 422),
        ("POST", "/api/1/judgements", {"kind": "add", "verdict": "statement", "statements": ["x"]}, 400),
        ("POST", "/api/1/assignments", {"round": "r", "documents": ["x"], "coders": ["a", "b"]}, 400),
        ("POST", "/api/1/users", {"name": "a b", "role": "reader"}, 400),
        ("DELETE", "/api/1/users/nobody", None, 400),
        ("DELETE", "/api/1/judgements/jud_0", None, 404),
    ],
)
def test_what_cannot_be_is_said_so(client: TestClient, method: str, path: str, body: object, status: int) -> None:
    answer = client.request(method, path, json=body, headers=_WRITE)
    assert answer.status_code == status, answer.text
    assert "detail" in answer.json()


def test_a_request_may_not_be_huge(client: TestClient) -> None:
    assert client.post("/api/1/judgements", content=b" " * 2_000_000, headers=_WRITE).status_code == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        (_WRITE, 400),
        (_WRITE | {"Origin": "https://elsewhere.example"}, 403),
        (_WRITE | {"Origin": "null"}, 403),
        (_WRITE | {"Sec-Fetch-Site": "cross-site"}, 403),
        (_WRITE | {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 400),
    ],
)
def test_no_other_site_writes_in_our_name(client: TestClient, headers: dict[str, str], status: int) -> None:
    body = {"kind": "review", "verdict": "reject", "statements": ["stm_0"]}
    assert client.post("/api/1/judgements", json=body, headers=headers).status_code == status


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/api/1/figures", headers={"Host": "rebound.example"}).status_code == 400


@pytest.fixture
def tokens(workspace: Workspace) -> dict[str, str]:
    with workspace.transaction(write=True) as connection:
        return {role: users.add(connection, role, role, by="local") for role in users.ROLES}


@pytest.mark.parametrize(
    ("method", "path", "body", "least"),
    [
        ("GET", "/api/1/events", None, "reader"),
        ("GET", "/api/1/judgements", None, "reader"),
        ("GET", "/api/1/assignments", None, "coder"),
        ("POST", "/api/1/judgements", {"kind": "note", "verdict": "note", "statements": ["x"]}, "editor"),
        ("GET", "/api/1/ledger", None, "editor"),
        ("GET", "/api/1/agreement?round=r", None, "editor"),
        ("POST", "/api/1/assignments", {"round": "r", "documents": ["x"], "coders": ["a", "b"]}, "editor"),
        ("GET", "/api/1/users", None, "owner"),
        ("POST", "/api/1/users", {"name": "new", "role": "owner"}, "owner"),
    ],
)
def test_roles(
    workspace: Workspace, tokens: dict[str, str], method: str, path: str, body: object, least: users.Role
) -> None:
    with TestClient(make_app(workspace, local=False)) as client:
        assert client.request(method, path, json=body).status_code == 401
        for role in users.ROLES:
            answer = client.request(method, path, json=body, headers={"Authorization": f"Bearer {tokens[role]}"})
            refused = users.ROLES.index(role) < users.ROLES.index(least)
            assert (answer.status_code == 403) is refused, (role, answer.text)


def test_signing_in_and_out(workspace: Workspace, tokens: dict[str, str]) -> None:
    with TestClient(make_app(workspace, local=False), follow_redirects=False) as client:
        assert client.get("/").headers["location"] == "/sign-in"
        assert client.post("/sign-in", data={"token": "sayso_wrong"}).status_code == 401
        foreign = client.post("/sign-in", data={"token": tokens["reader"]}, headers={"Origin": "https://a.example"})
        assert foreign.status_code == 403
        inside = client.post("/sign-in", data={"token": tokens["reader"]})
        cookie = inside.headers["set-cookie"]
        assert inside.status_code == 303
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert tokens["reader"] not in cookie
        assert client.get("/").status_code == 200
        client.post("/sign-out")
        assert client.get("/").status_code == 303


def test_guessing_is_slowed_down(workspace: Workspace, tokens: dict[str, str]) -> None:
    with TestClient(make_app(workspace, local=False), follow_redirects=False) as client:
        answers = [client.post("/sign-in", data={"token": f"sayso_{n}"}).status_code for n in range(7)]
        assert answers == [401] * 5 + [429] * 2
        right = {"Authorization": f"Bearer {tokens['owner']}"}
        assert client.get("/api/1/users", headers=right).status_code == 429


def test_coders_do_not_see_each_other(workspace: Workspace) -> None:
    with workspace.transaction(write=True) as connection:
        token = {name: users.add(connection, name, "coder", by="local") for name in ("ana", "ben")}
        token["eve"] = users.add(connection, "eve", "editor", by="local")
    by = {name: {"Authorization": f"Bearer {one}"} for name, one in token.items()}
    with TestClient(make_app(workspace, local=False)) as client:
        event = client.get("/api/1/events?type=capture", headers=by["eve"]).json()["events"][0]
        body = {"round": "pilot", "documents": event["documents"], "coders": ["ana", "ben"]}
        given = {
            one["user"]: one["id"] for one in client.post("/api/1/assignments", json=body, headers=by["eve"]).json()
        }
        assert [one["id"] for one in client.get("/api/1/assignments", headers=by["ana"]).json()] == [given["ana"]]
        edit = {"kind": "edit", "verdict": "status", "statements": event["statements"], "detail": {"value": "denied"}}
        mine = edit | {"assignment": given["ana"]}
        assert client.post("/api/1/judgements", json=mine, headers=by["ben"]).status_code == 403
        judged = client.post("/api/1/judgements", json=mine, headers=by["ana"]).json()
        assert client.get("/api/1/judgements", headers=by["ben"]).json() == []
        assert client.get("/api/1/events?status=denied", headers=by["eve"]).json()["total"] == 0
        for who, whose, status in (("ana", "ana", 200), ("ben", "ana", 403), ("eve", "ana", 403)):
            assert client.get(f"/api/1/assignments/{given[whose]}", headers=by[who]).status_code == status
        for name in ("ana", "ben"):
            assert client.post(f"/api/1/assignments/{given[name]}/finish", headers=by[name]).status_code == 200
        assert client.post("/api/1/judgements", json=mine, headers=by["ana"]).status_code == 403
        agreed = {one["field"]: one for one in client.get("/api/1/agreement?round=pilot", headers=by["eve"]).json()}
        assert (agreed["status"]["units"], agreed["status"]["agreed"]) == (2, 1)
        adopted = client.post(f"/api/1/judgements/{judged['id']}/adopt", json={}, headers=by["eve"])
        assert adopted.status_code == 201
        assert client.get("/api/1/events?status=denied", headers=by["ben"]).json()["total"] == 1
