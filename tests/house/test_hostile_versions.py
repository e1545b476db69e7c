"""Two people open the same form; the second to send it sees both versions, and loses nothing."""

import pytest

from tests.house.hostile import TYPED, forms_of, lost
from tests.house.siege import HOME_OF, Siege, allowed, paths_of, places, world_in

OTHER = {"text": ("Was Amal schrieb", "Was Benno schrieb"), "money": ("111,00", "222,00"), "number": ("11", "12"),
         "date": ("2026-08-11", "2026-08-12"), "mail": ("amal@example.org", "benno@example.org"),
         "url": ("https://amal.example.org", "https://benno.example.org")}
SHOWN = {"2026-08-11": "11.08.2026"}
# shows nobody what somebody else has stored, and a note is not written here: they have tests of their own
SECRET = {"payments.bank", "barriers.note"}
# whoever sends it first has answered for both
ONCE = {"partners.change_pledge", "partner_page.change", "barriers.show", "erasure.show"}
DEPENDS = {"selection.prepare", "selection.score"}  # one answer decides what another one is for
LEFT_OUT = SECRET | ONCE | DEPENDS


def _versioned(app, siege, home):
    """Yield (visitor's name, form) for every form at this home that carries a version."""
    for rule in places(app, "POST"):
        if HOME_OF.get(rule.endpoint, "active") != home or "GET" not in rule.methods or rule.endpoint in LEFT_OUT:
            continue
        for path in paths_of(rule, siege.world):
            name = allowed(app, rule.endpoint)[0]
            for form in forms_of(siege.as_(name).get(path).soup, path):
                if "version" in form.kinds and not form.is_aside:
                    yield name, form


@pytest.mark.parametrize(("home", "number"), [("draft", 4), ("mentoring", 3), ("active", 13), ("reporting", 1)])
def test_the_second_to_send_sees_both_and_loses_nothing(app, make, tmp_path, home, number):
    siege = Siege(app, world_in(home, make), tmp_path)
    found = list(_versioned(app, siege, home))
    assert len(found) == number
    for name, form in found:
        siege.put_back()
        visitor = siege.as_(name)
        first, second = (_changed(form, turn) for turn in (0, 1))
        assert visitor.post(form.action, form.base | first).status == 303, form.action
        answer = visitor.post(form.action, form.base | second)
        assert answer.status == 422, form.action
        assert lost(form, form.base | second, answer.text) == [], form.action
        theirs = answer.soup.select_one("#stale-title").parent.get_text(" ")
        missing = [value for key, value in first.items() if SHOWN.get(value, value) not in theirs]
        assert missing == [], f"{form.action} does not show {missing}"
        again = next(each for each in forms_of(answer.soup, form.action) if each.button == form.button)
        assert again.base["version"] != form.base["version"]
        assert visitor.post(form.action, again.base).status == 303, form.action
        kept = next(each for each in forms_of(visitor.get(form.action).soup, form.action) if "version" in each.kinds)
        assert {key: kept.base[key] for key in second} == second, form.action


def _changed(form, turn):
    """Write something else into every field one can type in; a round's money and days have rules of their own."""
    kinds = ("text",) if "/rounds/" in form.action else TYPED
    own = ("note", "photos", "pct", "remind", "year")
    return {name: OTHER[kind][turn] for name, kind in form.kinds.items()
            if kind in kinds and not any(word in name for word in own)}
