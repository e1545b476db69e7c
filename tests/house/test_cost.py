"""What a page may ask the database: eight questions for everyone, twenty for those who are signed in.

Lists have tests of their own that more rows ask no more; here every page is counted, in a world with one of each.
"""

import pytest

from tests.house.siege import HOME_OF, HOMES, Siege, allowed, paths_of, places, send, world_in

PUBLIC, OWN = 8, 20
MORE = {  # how many, and why no fewer
    "a round's page shows it, its projects, money and milestones, with the words of each": {"progress.round": 9},
    "one pledge, with the project, both sides and what both have said of it": {"partner_page.pledge": 9},
    "who signs sees the whole plan, who else may sign and why others may not": {
        "budgets.show": 22, "budgets.decide": 22, "budgets.waitlist": 21, "budgets.reject": 21},
    "whoever lets money go sees plan, balance, report, account and who may not, on one page": {
        "payments.confirm": 25, "payments.sign": 21, "payments.refuse": 21, "payments.pay": 21, "payments.correct": 21,
        "payments.declare_conflict": 21},
    "the account of a whole project stands beside what it was to be": {
        "closing.check": 26, "closing.drop_signature": 24, "closing.return_report": 25, "closing.declare_conflict": 25,
        "closing.settle": 24, "closing.waive": 24},
    "a sheet shows the proposal, its budget and the points, all at once": {"selection.score": 22},
    "the minutes of a whole meeting, as a file": {"panel_minutes.download": 36},
    "every table that knows people is looked into, once each": {"erasure.own": 140, "erasure.show": 124},
}
LIMITS = {endpoint: number for group in MORE.values() for endpoint, number in group.items()}


def limit_of(endpoint, name):
    return LIMITS.get(endpoint, PUBLIC if name == "stranger" else OWN)


def askers(app, endpoint):
    """Return a few of those who may open it: the first, the last, and the coordination, who sees most."""
    names = allowed(app, endpoint)
    return list(dict.fromkeys([names[0], *(name for name in names if name == "coordinator"), names[-1]]))


@pytest.mark.long
@pytest.mark.parametrize("home", HOMES)
def test_no_page_asks_more_than_it_may(app, make, tmp_path, queries, home):
    app.config["DEMO"] = True
    siege, wrong = Siege(app, world_in(home, make), tmp_path), {}
    for rule in places(app, "GET"):
        if HOME_OF.get(rule.endpoint, "active") != home:
            continue
        for path, name in ((path, name) for path in paths_of(rule, siege.world) for name in askers(app, rule.endpoint)):
            visitor = siege.as_(name)
            with queries() as asked:
                answer = send(visitor, "GET", path)
            if not isinstance(answer, str) and answer.status == 200 and len(asked) > limit_of(rule.endpoint, name):
                wrong[f"{rule.endpoint} {name}"] = len(asked)
    assert not wrong, "\n".join(f"{each}: {number}" for each, number in sorted(wrong.items()))
