"""Names that had their days, and tables of gaps."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sayso.errors import VocabularyError
from sayso.vocabulary.dated_names import NamedDays, dated_names, read_dated_names
from sayso.vocabulary.written_gaps import read_written_gaps, written_gaps

_HEAD = "name,kind,from,to\n"


def test_a_name_may_have_several_stretches() -> None:
    found = read_dated_names(_HEAD + "president a,office,2001,2003-02\npresident a,office,2010-05-06,\n", "x.csv")
    assert found == {
        ("president", "a"): (
            NamedDays("office", date(2001, 1, 1), date(2003, 2, 28)),
            NamedDays("office", date(2010, 5, 6), None),
        )
    }


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a,rank,2001,", "kind"),
        ("A,office,2001,", "lower-case"),
        ("a,office,soon,", "YYYY"),
        ("a,office,2001-13-01,", "month"),
        ("a,office,2001-02-30,", "day"),
        ("a,office,2001,2000", "ends before"),
        ("a,office,2001", "cells"),
    ],
)
def test_malformed_rows_are_named(row: str, problem: str) -> None:
    with pytest.raises(VocabularyError, match=rf"x\.csv, line 2.*{problem}"):
        read_dated_names(_HEAD + row + "\n", "x.csv")


def test_what_comes_with_sayso_can_be_read() -> None:
    assert ("president", "obama") in dated_names()
    assert dated_names()[("brussels", "attacks")] == (NamedDays("event", date(2016, 3, 22), None),)
    assert "told day, past" in written_gaps().tables


def test_the_outermost_bins_go_on() -> None:
    table = read_written_gaps("table,from,log_density\nx,0,-1\nx,5,-2\n", "x.csv")
    assert table.log_density("x", np.array([-9.0, 0.0, 4.0, 5.0, 99.0])).tolist() == [-1, -1, -1, -2, -2]
    assert table.log_density("y", np.array([3.0])).tolist() == [0]


@pytest.mark.parametrize("rows", ["x,0,-1\nx,0,-2\n", "x,a,1\n", "x,0,nan\n"])
def test_malformed_tables_are_named(rows: str) -> None:
    with pytest.raises(VocabularyError, match=r"x\.csv, line"):
        read_written_gaps("table,from,log_density\n" + rows, "x.csv")
