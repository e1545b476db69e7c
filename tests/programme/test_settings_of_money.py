"""The settings for payments, receipts, changes and the final report, as the office meets them."""

import pytest

from incubator.programme import queries


@pytest.fixture
def office(make, visit):
    return visit(make.person("coordinator"))


def edit(round):
    return f"/en/desk/rounds/{round.id}/edit"


def test_saving_the_drawn_form_changes_nothing(make, office):
    round = make.round(report_questions=["Was war gut?", "Was nicht?"], reminder_days=[30, 7, 0, -1, -14])
    version = round.version
    assert office.fill(edit(round)).status == 303
    assert (round.version, queries.waiting_change(round.id)) == (version, None)
    assert round.reminder_days == [30, 7, 0, -1, -14]


def test_reminders_are_asked_for_as_days_before_and_after(make, office):
    round = make.round()
    page = office.get(edit(round)).soup
    assert page.select_one("#remind_before")["value"] == "30, 7"
    assert page.select_one("#remind_after")["value"] == "1, 14"
    office.fill(edit(round), remind_before="60,0", remind_after="3")
    assert round.reminder_days == [60, 0, -3]


def test_no_reminder_at_all_is_possible(make, office):
    round = make.round()
    assert office.fill(edit(round), remind_before="", remind_after="").status == 303
    assert round.reminder_days == []


@pytest.mark.parametrize("typed", ["30; 7", "-1", "bald", "400", "1,2,3,4,5,6,7,8,9", "9" * 30, "1.5"])
def test_days_that_cannot_be_read_are_refused_beside_the_field(make, office, typed):
    answer = office.fill(edit(make.round()), remind_before=typed)
    assert answer.status == 422
    assert answer.soup.select_one("#remind_before-error")
    assert answer.soup.select_one("#remind_before")["value"] == typed


def test_questions_are_written_one_in_each_line(make, office):
    round = make.round()
    office.fill(edit(round), report_questions="Wen haben Sie erreicht?\r\n\r\n  Was bleibt?  ")
    assert round.report_questions == ["Wen haben Sie erreicht?", "Was bleibt?"]
    assert office.get(edit(round)).soup.select_one("#report_questions").text.strip() == (
        "Wen haben Sie erreicht?\nWas bleibt?")


def test_too_many_or_too_long_questions_are_refused(make, office):
    round = make.round()
    for typed in ("\n".join(f"Frage {number}?" for number in range(13)), "x" * 301):
        answer = office.fill(edit(round), report_questions=typed)
        assert answer.status == 422
        assert answer.soup.select_one("#report_questions-error")
    assert round.report_questions == []


def test_switching_a_part_off_waits_for_a_second_person(make, office):
    round = make.round()
    assert office.fill(edit(round), pays_out=None).status == 303
    change = queries.waiting_change(round.id)
    assert (round.pays_out, change.changes) == (True, {"pays_out": False})
    page = office.get(f"/en/desk/round-changes/{change.id}").text
    assert "Money is paid out here" in page
    assert "no" in page


def test_what_belongs_to_a_part_that_is_off_is_not_seen(make, office):
    on, off = make.round(), make.round(pays_out=False, asks_receipts=False)
    assert "Instalments" in office.get(f"/en/desk/rounds/{on.id}").text
    page = office.get(f"/en/desk/rounds/{off.id}").text
    assert "Instalments" not in page
    assert "Several offers" not in page


def test_a_new_round_begins_with_everything_on(make, office):
    assert office.fill("/en/desk/rounds/add", name="Round 2027").status == 303
    round = queries.rounds()[0]
    assert (round.pays_out, round.asks_receipts, round.asks_changes) == (True, True, True)
    assert (round.reminder_days, round.report_questions) == ([30, 7, -1, -14], [])


def test_the_office_finds_the_minutes_from_the_round(make, office):
    round = make.round()
    assert office.get(f"/en/desk/rounds/{round.id}").soup.select(f"a[href$='/rounds/{round.id}/minutes']")
