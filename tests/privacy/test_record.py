"""The record of processing activities: as a document, as text, and for programs."""

import json

import pytest

from incubator.foundation.language import in_language
from incubator.privacy import processing
from incubator.privacy.register import REGISTER
from tests.documents.reading import text_of

ADDRESS = "/desk/data-register.pdf"


@pytest.mark.parametrize(("code", "word"), [("de", "Verzeichnis von Verarbeitungstätigkeiten"), ("en", "courtesy"),
                                            ("ar", "")])
def test_it_is_set_in_german_and_as_a_courtesy(app, make, visit, code, word):
    answer = visit(make.person("coordinator")).get(f"/{code}{ADDRESS}")
    assert answer.status == 200 and answer.data.startswith(b"%PDF")
    assert word in text_of(answer.data)


def test_it_names_every_purpose_every_kind_of_thing_and_who_is_responsible(app):
    told = {"name": "Stadt Muster", "data_protection_mail": "dsb@example.org"}
    app.config["OPERATOR"] = app.config["OPERATOR"] | told
    with in_language("en"):
        text = processing.markdown(processing.content(), processing.words())
    assert all(f"| {entry.what} |" in text for entry in REGISTER)
    assert "Stadt Muster" in text and "dsb@example.org" in text and "Article 30 (1)" in text


def test_the_command_prints_it_as_text_and_for_programs(app):
    run = app.test_cli_runner().invoke
    assert run(args=["privacy", "register"]).output.startswith("# Record of processing activities")
    found = json.loads(run(args=["privacy", "register", "--json"]).output)
    assert {row["table"] for row in found["columns"]} == {entry.table for entry in REGISTER}


def test_leads_and_mentors_do_not_get_it(app, make, visit):
    assert visit(make.person("lead", "mentor")).get(f"/de{ADDRESS}").status == 403
