"""A secret link opens the projects whose invitation was accepted at its address, and nothing of any other."""

import pytest

from incubator.documents import queries_cooperation
from incubator.foundation.transaction import transaction
from incubator.partners import operations_invitations, queries_invitations, readers
from tests.partners import scenes


@pytest.fixture
def claimed(scene, make):
    """The scene's partner takes part in a project; the lead of another asks it at an address of their own choice."""
    scene.organisation = make.organisation(name="Bürgerhaus (fiktiv)", contact=None)
    scene.partnership = make.partnership(scene.project, scene.organisation)
    scene.other = make.project("mentoring")
    scene.token = take_part(scene.other, scene.organisation, "claimed@example.org")
    return scene


def take_part(project, organisation, mail, by=None):
    with transaction():
        asked = operations_invitations.invite(
            project, by or project.leads[0], organisation=organisation, mail=mail, roles=["room_giver"])
        return scenes.token(operations_invitations.accept(asked))


def test_another_projects_promises_are_not_read(claimed, visit):
    pledge = claimed.promise(description="Geheime Zusage")
    page = visit().get(f"/en/partners/mine/{claimed.token}")
    assert claimed.other.title in page.text
    assert claimed.project.title not in page.text
    assert pledge.description not in page.text


@pytest.mark.parametrize("path", ["pledges/{pledge}", "pledges/{pledge}/change", "partnerships/{part}/offer",
                                  "partnerships/{part}/end", "agreements/{part}", "agreements/{part}.pdf"])
def test_another_projects_pages_are_closed(claimed, visit, path):
    pledge = claimed.promise()
    asked = path.format(pledge=pledge.id, part=claimed.partnership.id)
    assert visit().get(f"/en/partners/mine/{claimed.token}/{asked}").status == 404


def test_another_projects_promise_is_neither_confirmed_nor_taken_back(claimed, visit):
    pledge = claimed.promise()
    for answer in ("confirm", "withdraw"):
        page = visit().post(f"/en/partners/mine/{claimed.token}/pledges/{pledge.id}", {
            "answer": answer, "reason": "Nein."})
        assert page.status == 404
    assert pledge.state.value == "offered"


def test_no_letter_about_another_project_reaches_the_address(claimed, mail_to):
    claimed.promise(description="Geheime Zusage")
    assert not [letter for letter in mail_to("claimed@example.org") if "Geheime Zusage" in letter.text]


def test_the_same_address_asked_for_two_projects_opens_both(claimed, make, visit):
    third = make.project("mentoring")
    again = take_part(third, claimed.organisation, "claimed@example.org")
    assert again == claimed.token
    page = visit().get(f"/en/partners/mine/{again}").text
    assert claimed.other.title in page and third.title in page and claimed.project.title not in page


def test_the_other_project_still_says_that_nobody_speaks_for_the_partner(claimed):
    organisations = [claimed.organisation.id]
    assert queries_invitations.with_link(claimed.project.id, organisations) == set()
    assert queries_invitations.with_link(claimed.other.id, organisations) == {claimed.organisation.id}
    assert list(readers.readers(claimed.project.id, claimed.organisation.id)) == []
    assert len(queries_cooperation.readers_languages(claimed.partnership)) == 1, "the lead's alone"


def test_an_invitation_that_was_declined_opens_nothing(claimed, make):
    third = make.project("mentoring")
    with transaction():
        asked = operations_invitations.invite(
            third, third.leads[0], organisation=claimed.organisation, mail="claimed@example.org", roles=["room_giver"])
        operations_invitations.decline(asked)
    link = queries_invitations.links_of("claimed@example.org")[0]
    assert queries_invitations.projects_of(link) == {claimed.other.id}
