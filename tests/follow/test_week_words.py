"""The letter of the week says where words are a translation, or in another language than its reader's."""

from datetime import date

import pytest

from incubator.follow import jobs
from incubator.follow.models import Rhythm
from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter
from incubator.milestones import operations as milestones
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.follow.readers import follow


@pytest.mark.parametrize(("code", "words", "said"), [
    ("en", "Alle kamen.", "Written in German; there is no translation yet."),
    ("tr", "Herkes geldi.", "Gönüllüler"),
    ("de", "Alle kamen.", "http://"),
])
def test_what_stands_below_an_excerpt(app, make, code, words, said):
    project = make.project(status="active")
    follow(rhythm=Rhythm.WEEKLY, language=code)
    with transaction():
        update = milestones.write_update(project, project.leads[0], title="Das Fest", text="Alle kamen.")
        translate("update", update.id, "text", "tr", "Herkes geldi.", of="Alle kamen.", origin=Origin.VOLUNTEER)
    clock.set(date(2026, 3, 9))
    jobs.tell_week()
    assert Letter.query.one().text.partition(f"{words}\n")[2].strip().startswith(said)
