"""Whoever answers for an organisation keeps its word: a lead cannot have the link to its page sent anywhere."""

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.partners import operations_invitations
from incubator.partners.models_invitation import InvitationState
from tests.partners import scenes


def ask(project, organisation, mail, by=None):
    with transaction():
        return operations_invitations.invite(
            project, by or project.leads[0], organisation=organisation, mail=mail, roles=["room_giver"])


def test_nobody_gets_the_word_of_an_organisation_for_which_somebody_answers_already(make):
    project = make.project("mentoring")
    by_account = make.organisation(contact=make.person("partner", mail="vorstand@example.org"))
    by_link = make.organisation(name="Stiftung")
    scenes.link(by_link, mail="buero@example.org")
    for organisation in (by_account, by_link):
        with pytest.raises(RuleBroken) as broken:
            ask(project, organisation, "lead@example.org")
        assert broken.value.field == "mail"
    assert ask(project, by_account, "Vorstand@example.org").state is InvitationState.ASKED
    assert ask(project, by_link, "buero@example.org").state is InvitationState.ASKED


def test_the_coordination_asks_at_another_address(make):
    project, organisation = make.project("mentoring"), make.organisation()
    scenes.link(organisation, mail="buero@example.org")
    asked = ask(project, organisation, "neu@example.org", by=make.person("coordinator"))
    assert asked.state is InvitationState.ASKED
