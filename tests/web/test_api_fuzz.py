"""Whatever is sent to the API, it answers: no request that its description allows, or forbids, breaks the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from plain_workspace import built, write_texts
from schemathesis.core.result import Ok

from sayso.web import make_app
from sayso.web.access import WRITE_HEADER


def test_nothing_sent_breaks_the_server(tmp_path: Path) -> None:
    tried = 0
    texts = write_texts(tmp_path / "in", "On 2016-03-27 the army shelled Homs, killing 8, said SANA.")
    with built(tmp_path / "ws", texts) as made:
        schema = schemathesis.openapi.from_asgi("/api/openapi.json", make_app(made))
        for found in schema.get_all_operations():
            assert isinstance(found, Ok), found
            operation = found.ok()
            if (
                operation.path == "/api/1/places"
            ):  # builds the gazetteer the first time; its search has tests of its own
                continue

            @settings(
                max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=operation.as_strategy())
            def answers(case: Any) -> None:
                answer = case.call(headers={WRITE_HEADER: "1"})
                assert answer.status_code < 500, (case.method, case.formatted_path, case.body, answer.text)

            answers()
            tried += 1
    assert tried > 20
