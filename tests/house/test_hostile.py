"""Every form of the house meets everything nobody should send."""

import pytest
from argon2 import PasswordHasher

from incubator.accounts import passwords
from tests.house.hostile import FINE, SCRIPT, attacks, forms_of, lost
from tests.house.siege import HOME_OF, HOMES, Siege, allowed, entries, paths_of, places, send, world_in

NEVER = {"selection.draw_lot": "each needs a place of its own",
         "payments.enter_receipt": "a paper comes with it", "projects.attachments": "a paper comes with it",
         "dialogue.import_evidence": "a file comes with it", "dialogue.show_idea": "everybody reads it already",
         "accounts.sign_in": "nobody has the password", "accounts.prove": "nobody has the code",
         "accounts.app": "an app must be begun", "accounts.codes": "the codes stand in the answer",
         "keys.make": "the key stands in the answer", "hooks.add": "the secret stands in the answer",
         "hooks.add_own": "the secret stands in the answer",
         "accounts.object_to_mail": "a letter to the old address opens it", "partners.leave": "pledges are open",
         "budgets.shift": "it is said first what it means", "budgets.ask_budget": "the sums must fit",
         "budgets.ask_time": "a request waits", "milestones.correct_update": "something must be corrected",
         "mentoring.write_agreement": "something must be changed",
         "erasure.address": "nothing is stored under it", "consents.renew": "the photo shows nobody",
         "follow.stop": "mail programs press it, people see another page"}
# what is written beside a yes is not kept, what a mentor asks for has a page of its own, a conflict of interest is not
# explained, and passwords nobody sees
QUIET = (
    "/desk/pledges/", "/pledges/1", "/end", "/leave", "/partners/in", "/partners/link",
    "/conflict", "/receipts/check", "/reopen", "/cut", "/de/desk/assignments/", "/review",
    "/budget/return", "/password", "/reset/", "/account", "/follow", "/sign-up", "/ideas/new", "projekt-1/ask",
    "projekt-1/help", "/accessibility/report", "/me/forget",
)


def _drawn(siege, endpoint, path):
    """Return who sees the most of an address's forms, and these forms."""
    best = ("nobody", [])
    for name in allowed(siege.app, endpoint):
        answer = siege.as_(name).get(path)
        if answer.status == 200:
            mine = [form for form in forms_of(answer.soup, path) if form.action == path]
            best = max(best, (name, mine), key=lambda each: (len(each[1]), sum(len(form.kinds) for form in each[1])))
    return best


def drawn_at(siege, app, home):
    """Go through the forms of a time: the rule, the address, who may send there, the forms."""
    for rule in places(app, "POST"):
        if HOME_OF.get(rule.endpoint, "active") == home and "GET" in rule.methods:
            for path in paths_of(rule, siege.world):
                yield rule, path, *_drawn(siege, rule.endpoint, path)


def _wrong(form, sent, answer, before):
    """Say what is wrong with an answer, or nothing."""
    if isinstance(answer, str):
        return answer
    if answer.status not in FINE:
        return f"answered {answer.status}"
    if "<script>alert(7)" in answer.text or "q49q" in answer.text:
        return "shown without care"
    if answer.status != 422:
        return None
    if entries() != before:
        return "refused, and yet in the journal"
    if 'id="problems-title"' not in answer.text:
        return "refused without a word"
    gone = lost(form, sent, answer.text)
    return f"lost what was typed: {gone}" if gone else None


def _followed(visitor, world, answer, path):
    """Open what comes after, the form again, and what everybody can read."""
    seen = False
    for each in (answer.location, path, f"/de/projects/{world.project.slug}"):
        if not each.startswith("/"):
            return f"leads to {each}"
        page = send(visitor, "GET", each)
        if isinstance(page, str) or page.status >= 500:
            return f"then {each}: {page}"
        if "<script>alert(7)" in page.text or "q49q" in page.text:
            return f"shown without care on {each}"
        seen |= "&lt;script&gt;alert(7)" in page.text
    return None if seen or any(part in path for part in QUIET) else "nowhere to be seen"


@pytest.mark.long
@pytest.mark.parametrize("home", HOMES)
def test_no_form_breaks(app, make, tmp_path, monkeypatch, home):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    siege = Siege(app, world_in(home, make), tmp_path)
    wrong = []
    for rule, path, who, forms in drawn_at(siege, app, home):
        accepted = [_attacked(siege, who, form, path, wrong) for form in forms]
        if not any(accepted) and rule.endpoint not in NEVER:
            wrong.append(f"{path}: {len(forms)} forms, and not even sensible answers are accepted")
    assert wrong == [], "\n" + "\n".join(wrong)


def _attacked(siege, who, form, path, wrong):
    """Send everything to one form, and say whether sensible answers were accepted."""
    before, accepted = entries(), False
    for name, sent in attacks(form):
        where = form.action.replace("/de/", "/ar/", 1) if "٣" in name else form.action
        visitor = siege.as_(who)
        answer = send(visitor, "POST", where, data=sent)
        problem = _wrong(form, sent, answer, before)
        status = getattr(answer, "status", 500)
        if status == 303 and problem is None and SCRIPT in sent.values():
            problem = _followed(visitor, siege.world, answer, form.action)
        if problem:
            wrong.append(f"{path} ({who}) {form.button or ''} {name}: {problem}")
        accepted |= status == 303 and name == "sensible"
        if status < 400 or status >= 500:
            siege.put_back()
    return accepted
