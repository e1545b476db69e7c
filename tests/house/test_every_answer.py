"""Every address, opened by whoever may see most of it, with all behind the question mark that could do something."""

import re

from incubator.foundation import sheets
from tests.house.elsewhere import PAYLOADS, leads_away
from tests.house.observatory import faults, use_https
from tests.house.rows import differing, rows
from tests.house.siege import Siege, allowed, paths_of, places, send, world_in

AS_A_FORM = {"form_key": "x" * 32, "_method": "POST", "title": "a", "mail": "a@example.org", "reason": "a", "yes": "y",
             "confirmed": "y", "version": "1"}
LED = ("next", "to", "back", "url", "return", "redirect", "page", "came_from")


def _opened(app, siege):
    """Yield (rule, path, answer) of every address; each is asked to lead to other places, and to act."""
    for turn, rule in enumerate(places(app, "GET")):
        visitor = siege.as_(allowed(app, rule.endpoint)[0])
        led = {name: PAYLOADS[(turn * len(LED) + step) % len(PAYLOADS)] for step, name in enumerate(LED)}
        path = paths_of(rule, siege.world)[0]
        yield rule, path, send(visitor, "GET", path, query_string=AS_A_FORM | led | {"csrf_token": visitor._csrf},
                               headers={"X-HTTP-Method-Override": "POST"}, base_url="https://localhost")


def _wrong(app, rule, answer, words):
    if isinstance(answer, str) or answer.status >= 500:
        yield f"broke: {answer}"
        return
    if answer.location is not None and leads_away(answer.location.replace("https://localhost", "", 1)):
        yield f"leads to {answer.location!r}"
    if answer.response.mimetype == "text/html":
        named = set(re.findall(r"kern-[\w-]+", " ".join(re.findall(r'class="([^"]*)"', answer.text))))
        yield from (f"{name} is left out of the style sheet" for name in named if not words.know(name))
    yield from faults(answer, framed=rule.endpoint.startswith("embed.") and answer.status == 200)
    kept = answer.headers.get("Cache-Control", "")
    if hasattr(app.view_functions[rule.endpoint], "act") and not re.search("no-store|private", kept):
        yield f"may be kept: {kept}"


def test_opening_an_address_changes_nothing_leads_nowhere_else_and_keeps_every_rule(app, make, tmp_path):
    """And what is only for people who are signed in is kept by no cache."""
    app.config["DEMO"] = True
    siege = Siege(app, world_in("active", make), tmp_path)
    use_https(app)
    before = rows()
    words = sheets.words()
    found = {path: list(_wrong(app, rule, answer, words)) for rule, path, answer in _opened(app, siege)}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert differing(before, rows()) == []
