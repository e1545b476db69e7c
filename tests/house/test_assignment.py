"""What a form does not ask for cannot be set by sending it along."""

import ast

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from tests.house.hostile import forms_of
from tests.house.rows import differing, rows
from tests.house.siege import HOME_OF, HOMES, Siege, allowed, paths_of, places, world_in
from tests.house.sources import PROGRAM, name
from tests.scale import SCALE

OTHER = {sa.Boolean: "y", sa.Integer: "4711", sa.BigInteger: "4711", sa.Date: "2031-07-07", sa.JSON: "[]"}


def _columns():
    """Return every column's name with something else to write into it."""
    sent = {}
    for table in db.metadata.sorted_tables:
        for column in table.c:
            values = getattr(column.type, "enums", None)
            kind = next((text for kind, text in OTHER.items() if isinstance(column.type, kind)), "zugewiesen")
            sent[column.name] = values[-1] if values else kind
    return sent


def _tried(siege, form, visitor_name, more):
    """Send a form, and return whether it was taken and what is stored then."""
    siege.put_back()
    answer = siege.as_(visitor_name).post(form.action, more | form.base)
    return answer.status, rows(with_chance=False)


def _wrong(siege, app, home, columns, every):
    mine = [rule for rule in places(app, "POST")
            if HOME_OF.get(rule.endpoint, "active") == home and "GET" in rule.methods]
    for rule in mine[::every]:
        siege.put_back()
        who, path = allowed(app, rule.endpoint)[0], paths_of(rule, siege.world)[0]
        for form in forms_of(siege.as_(who).get(path).soup, path):
            if form.action != path or form.is_aside:
                continue
            extra = {key: value for key, value in columns.items() if key not in form.kinds}
            extra |= {f"{part}-{key}": value for key, value in extra.items() for part in ("project", "costs-0")}
            plain, loaded = _tried(siege, form, who, {}), _tried(siege, form, who, extra)
            if plain[0] != loaded[0]:
                yield f"{path}: {plain[0]} becomes {loaded[0]}"
            yield from (f"{path}: {each}" for each in differing(plain[1], loaded[1]))


def _assigned(app, make, folder, home, every=1):
    siege = Siege(app, world_in(home, make), folder)
    return list(_wrong(siege, app, home, _columns(), every))


@pytest.mark.parametrize("home", ["active"])
def test_no_column_is_set_that_a_form_does_not_ask_for(app, make, tmp_path, home):
    """One form in six; all of them are tried with `-m endurance`."""
    assert _assigned(app, make, tmp_path, home, every=6) == []


@pytest.mark.endurance
@pytest.mark.parametrize("home", HOMES)
def test_no_column_is_set_that_a_form_does_not_ask_for_at_any_time(app, make, tmp_path, home):
    assert _assigned(app, make, tmp_path, home, every=round(1 / min(1, SCALE))) == []


def test_no_form_is_poured_into_a_row():
    """`populate_obj` takes whatever a form has; what is sent is never used as names."""
    pouring = [
        f"{name(path)}:{node.lineno}" for path in PROGRAM for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr == "populate_obj")
        or (isinstance(node, ast.keyword) and node.arg is None and "request." in ast.unparse(node.value))
    ]
    assert pouring == []
