"""The policy by itself: plain people and plain things, every act, and every tie that closes one."""

from types import SimpleNamespace

import pytest

from incubator.policy import RULES, Act, allows
from incubator.policy_fresh import FRESH, ONE_PROOF
from tests.house.matrix import ACTS, ALLOWED, VISITORS, rows

ME, OTHER = 7, 8
ROLES = {"mentor": ("mentor",), "other mentor": ("mentor",), "coordinator": ("coordinator",), "auditor": ("auditor",),
         "administrator": ("administrator",), "moderator": ("moderator",)}
PARTS = {"lead": {"lead"}, "member": {"member"}, "mentor": {"mentor"}, "deputy": {"deputy"}}
WITHOUT_A_THING = {Act.KEEP_OWN_ACCOUNT, Act.GUARD_OWN_ACCOUNT, Act.MAKE_KEY, Act.END_SIGN_INS, Act.COPY_OWN_DATA}
BY_ACT = rows(ACTS) | {
    "name_lead": {name: "+" if name == "coordinator" else "·" for name in VISITORS},
    "see_confidential": {name: "+" if name in ("coordinator", "mentor") else "·" for name in VISITORS},
}
DECIDED = """check_proposal record_resolution start_project suspend_project revoke_award settle_recovery name_deputy
    decide_change cancel_milestone review_news moderate_message"""
# what somebody who may otherwise may not, because of what else they are to this project
TIES = {
    ("coordinator", "lead"): DECIDED + """ record_carrier_agreement answer_carrier review_report see_confidential
        confirm_pledge speak_for_partner declare_conflict manage_panel see_scores confirm_funds""",
    ("coordinator", "mentor"): DECIDED,
    ("auditor", "member"): "see_scores",
    ("mentor", "member"): "review_report return_budget approve_budget declare_conflict approve_change",
}
# the mentor or the deputy of a project that they are also on the team of
BOTH_SIDES = """review_report return_report return_budget approve_budget declare_conflict approve_change
    accept_milestone confirm_funds check_receipt see_confidential"""


def person(*roles):
    return SimpleNamespace(is_authenticated=True, id=ME, has_role=lambda *asked: bool(set(asked) & set(roles)))


NOBODY = SimpleNamespace(is_authenticated=False, id=ME, has_role=lambda *asked: True)


def thing(*parts, **more):
    """Something of a project in which I have these parts; nobody else is asked about."""
    facts = {"person_id": OTHER, "contact_ids": (OTHER,), "panel_ids": (OTHER,), "team_ids": (OTHER,),
             "written_by_id": OTHER, "is_public": False, "round": SimpleNamespace(reviews_news=False)}
    return SimpleNamespace(**facts | {"part_of": lambda number: set(parts) if number == ME else set()} | more)


def acts(words):
    return {Act(word) for word in words.split()}


def met(act, visitor):
    """What a visitor of the table meets: themselves and a thing as the world of test_matrix has it."""
    who = NOBODY if visitor == "stranger" else person(*ROLES.get(visitor, ()))
    if act in WITHOUT_A_THING:
        return who, None
    more = {"is_public": act is Act.PROPOSE_FROM_IDEA}
    if visitor == "other mentor":
        more["person_id"] = ME
    if visitor in ("signed in", "other mentor"):
        more["panel_ids"] = (OTHER, ME)
    if visitor == "partner":
        more["contact_ids"] = (OTHER, ME)
    return who, thing(*PARTS.get(visitor, ()), **more)


@pytest.mark.parametrize("act", Act)
def test_the_policy_says_what_the_table_of_addresses_says(act):
    wanted = {name: sign == ALLOWED for name, sign in BY_ACT[act.value].items()}
    assert {name: allows(act, *met(act, name)) for name in VISITORS} == wanted


@pytest.mark.parametrize(("role", "part"), TIES)
def test_a_tie_to_the_project_closes_exactly_these_acts(role, part):
    plain, tied = thing(), thing(part)
    lost = {act for act in Act if allows(act, person(role), plain) and not allows(act, person(role), tied)}
    assert lost == acts(TIES[role, part])


@pytest.mark.parametrize("part", ["mentor", "deputy"])
@pytest.mark.parametrize("side", ["lead", "member"])
def test_nobody_judges_a_project_they_are_on_the_team_of(part, side):
    lost = {act for act in Act if allows(act, person("mentor"), thing(part))
            and not allows(act, person("mentor"), thing(part, side))}
    assert lost == acts(BOTH_SIDES) - (set() if part == "mentor" else {Act.SEE_CONFIDENTIAL})


@pytest.mark.parametrize("act", [Act.ANSWER_CARRIER, Act.CONFIRM_PLEDGE, Act.SPEAK_FOR_PARTNER])
def test_a_partners_contact_does_not_speak_for_both_sides(act):
    assert allows(act, person(), thing(contact_ids=(ME,)))
    assert not allows(act, person(), thing("member", contact_ids=(ME,)))


def test_a_panel_is_not_led_by_somebody_of_its_teams():
    round_ = SimpleNamespace(team_ids=(ME,))
    assert allows(Act.MANAGE_PANEL, person("coordinator"), SimpleNamespace(team_ids=(OTHER,)))
    for act in (Act.MANAGE_PANEL, Act.SEE_SCORES):
        assert allows(act, person("coordinator"), SimpleNamespace())
        assert not allows(act, person("coordinator"), round_)


def test_news_is_reviewed_by_somebody_else_than_who_wrote_it():
    assert not allows(Act.REVIEW_NEWS, person("coordinator"), thing(written_by_id=ME))


def test_news_is_corrected_by_the_team_until_a_round_has_it_reviewed():
    reviewed = {"round": SimpleNamespace(reviews_news=True)}
    assert not allows(Act.CORRECT_NEWS, person(), thing("member", **reviewed))
    assert allows(Act.CORRECT_NEWS, person("coordinator"), thing(**reviewed))
    assert not allows(Act.CORRECT_NEWS, person("coordinator"), thing("member", **reviewed))


def test_ideas_that_are_not_public_are_nobodys_proposal_yet():
    assert not allows(Act.PROPOSE_FROM_IDEA, person(), thing())
    assert not allows(Act.PROPOSE_FROM_IDEA, person(), SimpleNamespace())
    assert not allows(Act.PROPOSE_FROM_IDEA, NOBODY, thing(is_public=True))


def test_ones_own_account_is_nobody_elses():
    for act in WITHOUT_A_THING:
        assert allows(act, person(), SimpleNamespace(person_id=ME))
        assert not allows(act, person(), SimpleNamespace(person_id=OTHER))
        assert not allows(act, person(), SimpleNamespace())
        assert not allows(act, NOBODY, None)


@pytest.mark.parametrize("act", [Act.TRANSLATE, Act.TRANSLATE_THING])
def test_translators_translate_and_publish_nothing(act):
    assert allows(act, person("translator"), thing())
    assert not allows(Act.PUBLISH_TRANSLATION, person("translator"), thing())
    assert not allows(Act.MANAGE_TRANSLATIONS, person("translator"), thing())


def test_words_of_no_project_have_no_lead():
    words = SimpleNamespace(project=None)
    assert not allows(Act.TRANSLATE_THING, person(), words)
    assert not allows(Act.PUBLISH_TRANSLATION, person(), words)
    assert allows(Act.PUBLISH_TRANSLATION, person(), SimpleNamespace(project=thing("lead")))


def test_a_stranger_may_nothing_whatever_the_thing_says():
    everything = thing("lead", "member", "mentor", "deputy", person_id=ME, contact_ids=(ME,), panel_ids=(ME,),
                       written_by_id=ME)
    everything.team_ids = (ME,)
    assert [act for act in Act if allows(act, NOBODY, everything)] == []


def test_a_thing_is_judged_by_its_project():
    assert allows(Act.SEE_MONEY, person(), SimpleNamespace(project=thing("member")))
    assert not allows(Act.SEE_MONEY, person(), SimpleNamespace(project=thing()))


def test_things_that_know_nobody_are_nobodys():
    for act in (Act.SCORE, Act.CONFIRM_PLEDGE, Act.SPEAK_FOR_PARTNER):
        bare = SimpleNamespace(part_of=lambda number: set())
        assert not allows(act, person(), bare)


def test_a_rule_says_its_name():
    assert RULES[Act.INVITE].__name__ == "coordinator or administrator"
    assert RULES[Act.REVIEW_NEWS].__name__ == (
        "coordinator and not team and not mentor and not writer")


def test_what_weighs_is_proved_anew():
    """Money, decisions, who may come in, and what opens an account; written down a second time on purpose."""
    assert acts("""guard_own_account make_key copy_own_data invite manage_people erase_people approve_budget
        approve_change decide_change accept_milestone review_report record_resolution revoke_award name_deputy
        manage_panel see_minutes confirm_funds pay_funds keep_bank_data settle_recovery move_rounds""") == FRESH
    assert {Act.END_SIGN_INS} == ONE_PROOF
