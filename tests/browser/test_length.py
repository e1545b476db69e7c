"""No step of a form is longer than three screens of a phone."""

import pytest

from tests.payments.stage import Stage, set_up_bank

SCREENS, HIGH = 3, 740
STEPS = ("idea", "need", "plan", "carrier")


@pytest.fixture
def writing(app, make, phone, come_in):
    set_up_bank(app)
    stage = Stage(make)
    stage.keep_account()
    lead, active = stage.lead, stage.project
    make.plan(active, state="approved")
    draft = make.project(lead=lead)
    milestone = make.milestone(active)
    come_in(phone, lead)
    paths = {step: f"/desk/projects/{draft.id}/proposal/{step}" for step in STEPS}
    return phone, paths | {
        "begin": "/desk/propose", "report": f"/desk/milestones/{milestone.id}/report",
        "news": f"/desk/projects/{active.id}/updates/write", "receipt": f"/desk/projects/{active.id}/receipts/new",
        "money": f"/desk/projects/{active.id}/money/ask",
    }


@pytest.mark.parametrize("language", ["de", "ar"])
def test_every_step_fits_on_three_screens(writing, language):
    phone, paths = writing
    high = {}
    for name, path in paths.items():
        answer = phone.goto(f"/{language}{path}")
        assert answer.ok, path
        assert phone.locator("main form").count(), path
        high[name] = phone.evaluate("document.documentElement.scrollHeight")
    print(language, high)
    assert {name: each for name, each in high.items() if each > SCREENS * HIGH} == {}
