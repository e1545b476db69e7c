"""The pages of those who translate, as a browser without JavaScript sees them."""

import pytest

from incubator.foundation.transaction import transaction
from incubator.translating import operations
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from incubator.wording.queries import words
from tests.translating.scenes import done


@pytest.fixture
def project(make):
    return make.project("active", title="Küche", summary="Alle Meilensteine sind erreicht.", lead=make.person("lead"))


def page_of(project, code="ar"):
    return f"/de/desk/translations/{code}/texts/project-{project.id}"


def read(project):
    return words("ar", {"project": [project.id]}).of("project", project.id, "title", project.title, "de")


def test_the_overview_says_in_words_how_far_each_language_is(make, visit, project):
    page = visit(make.person("translator")).get("/en/desk/translations")
    assert "0 of " in page.soup.select_one("main").get_text()
    assert page.soup.find("a", href="/en/desk/translations/ar")


def test_original_and_translation_stand_beside_each_other_each_in_its_language(make, visit, project):
    page = visit(make.person("translator")).get(page_of(project)).soup
    assert page.select_one(".beside__original .words")["lang"] == "de"
    field = page.select_one("textarea[name=summary]")
    assert (field["lang"], field["dir"]) == ("ar", "rtl")
    assert page.select_one(".terms dd").get_text() == "محطة"


def test_handing_in_goes_on_with_the_next_text(make, visit, project):
    other = make.project("active", title="Chor", summary="")
    visitor = visit(make.person("translator"))
    answer = visitor.fill(page_of(project), title="مطبخ", summary="كل شيء", hand_in="1")
    assert answer.location.endswith(f"/translations/ar/texts/project-{other.id}")
    assert read(project).language == "de"


def test_a_second_reader_sees_the_button_and_the_author_does_not(make, visit, project):
    leyla, second = make.person("translator"), make.person("translator")
    done(operations.hand_in, project, "ar", leyla, title="مطبخ")
    assert "/review" not in visit(leyla).get(page_of(project)).text
    page = visit(second).get(page_of(project))
    assert "/review" in page.text
    version = page.soup.select_one("form[action$='/review'] [name=version]")["value"]
    key = page.soup.select_one("form[action$='/review'] [name=form_key]")["value"]
    visit(second).post(page_of(project) + "/review", {"version": version, "form_key": key})
    office = visit(make.person("coordinator"))
    form = office.get(page_of(project)).soup.select_one("form[action$='/publish']")
    office.post(page_of(project) + "/publish", {
        name: form.select_one(f"[name={name}]")["value"] for name in ("version", "form_key")})
    assert read(project).text == "مطبخ"


def test_a_review_of_words_that_changed_meanwhile_is_refused(make, visit, project):
    leyla, second = make.person("translator"), make.person("translator")
    done(operations.hand_in, project, "ar", leyla, title="مطبخ")
    visitor = visit(second)
    form = visitor.get(page_of(project)).soup.select_one("form[action$='/review']")
    done(operations.hand_in, project, "ar", leyla, title="شيء آخر")
    visitor.post(page_of(project) + "/review", {
        name: form.select_one(f"[name={name}]")["value"] for name in ("version", "form_key")})
    assert "/review" in visitor.get(page_of(project)).text


def test_a_lead_translates_their_own_project_and_no_other(make, visit, project):
    lead = next(part.person for part in project.participations if part.kind == "lead")
    visitor = visit(lead)
    assert visitor.get(page_of(make.project("active", title="Chor"))).status == 403
    assert visitor.get("/de/desk/translations").status == 403
    assert visitor.get(f"/de/desk/projects/{project.id}/translations?to=ar").status == 200
    answer = visitor.fill(page_of(project), title="مطبخ", publish="1")
    assert answer.status == 303
    assert (read(project).text, read(project).origin) == ("مطبخ", Origin.AUTHOR)


def test_a_translator_who_asks_to_publish_only_saves(make, visit, project):
    visit(make.person("translator")).fill(page_of(project), title="مطبخ", publish="1")
    assert read(project).language == "de"


@pytest.mark.parametrize("tail", [
    "xx", "ar/texts/project-0", "ar/texts/person-1", "ar/texts/project-1-1", "ar/texts/project-٣", "ar/texts/-1",
])
def test_what_does_not_exist_is_no_page(make, visit, project, tail):
    assert visit(make.person("coordinator")).get(f"/de/desk/translations/{tail}").status == 404


def test_what_is_in_its_own_language_has_nothing_to_translate(make, visit, project):
    page = visit(make.person("translator")).get(page_of(project, "de"))
    assert page.status == 200
    assert page.soup.select_one("textarea") is None


def test_changed_originals_say_so_beside_the_field(make, visit, project):
    with transaction():
        translate("project", project.id, "title", "ar", "مطبخ", of="früher", origin=Origin.VOLUNTEER)
    page = visit(make.person("translator")).get(page_of(project))
    assert page.soup.select_one(".notice--warning")
    assert page.soup.select_one("input[name=title]")["value"] == "مطبخ"


def test_two_who_write_at_once_see_both_and_lose_nothing(make, visit, project):
    leyla, second = visit(make.person("translator")), visit(make.person("translator"))
    form = second.get(page_of(project)).soup.select_one("form.form--beside")
    drawn = {name: form.select_one(f"[name={name}]")["value"] for name in ("version", "form_key")}
    leyla.fill(page_of(project), title="مطبخ")
    answer = second.post(page_of(project), drawn | {"title": "المطبخ", "summary": ""})
    assert answer.status == 422
    assert "مطبخ" in answer.soup.select_one("#stale-title").parent.get_text()
    assert answer.soup.select_one("[name=title]")["value"] == "المطبخ"
    assert answer.soup.select_one("form.form--beside [name=version]")["value"] != drawn["version"]
