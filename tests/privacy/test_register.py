"""Every column is either in the register of personal data or was found to say nothing about anybody."""

import pytest

from incubator.foundation.database import db
from incubator.privacy import register
from incubator.privacy.register_terms import Holds, How
from incubator.programme.models import Round

TELLING = ("mail", "name", "phone", "birth", "person", "by_id", "uploaded_by", "author", "device", "iban", "secret")


@pytest.fixture(autouse=True)
def _models(app):
    """The tables are known once the house is put together."""


def columns():
    return {f"{table.name}.{column.name}" for table in db.metadata.tables.values() for column in table.columns}


def test_every_column_is_in_the_register_or_says_nothing_about_anybody():
    new = sorted(columns() - set(register.named()) - register.NOT_PERSONAL)
    assert not new, (
        f"Say in incubator/privacy/register_*.py what {', '.join(new)} is kept for, how long, whose it is and what "
        "erasing does to it; or, if it says nothing about anybody, name it in register_rest.py.")


def test_the_register_names_only_columns_that_exist():
    assert set(register.named()) | register.NOT_PERSONAL <= columns()


def test_no_column_is_called_personal_and_not_personal():
    assert not set(register.named()) & register.NOT_PERSONAL


def test_what_leads_to_a_person_is_never_called_not_personal():
    leads = {
        f"{table.name}.{column.name}" for table in db.metadata.tables.values() for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert not leads & register.NOT_PERSONAL


def _end_of(entry):
    """Follow the way of an entry and return the column at its end."""
    table = db.metadata.tables[entry.table]
    for step in entry.steps[:-1]:
        (key,) = table.columns[step].foreign_keys
        table = key.column.table
    return table.columns[entry.steps[-1]]


def test_every_way_to_a_person_can_be_gone():
    for entry in register.REGISTER:
        if entry.steps:
            end = _end_of(entry).name
            to_person = end in ("id", "person_id", "owner_id") or end.endswith("by_id")
            assert to_person is (entry.holds is Holds.ID or entry.table == "project"), entry


def test_what_stays_says_why():
    for entry in register.REGISTER:
        assert bool(entry.erased.reason) is (entry.erased.how is How.KEEP), entry


def test_times_are_settings_of_a_round_or_known_numbers():
    for keeps in {entry.keeps.key: entry.keeps for entry in register.REGISTER}.values():
        assert all(hasattr(Round, name) for name in (keeps.setting, keeps.unawarded) if name)
        assert sum(bool(each) for each in (keeps.days, keeps.months, keeps.setting)) <= 1


def test_every_purpose_keeps_something_and_every_entry_has_a_told_purpose():
    assert {entry.purpose.key for entry in register.REGISTER} == {purpose.key for purpose in register.PURPOSES}


def test_names_that_sound_personal_are_not_passed_over():
    passed = {name for name in register.NOT_PERSONAL if any(word in name.partition(".")[2] for word in TELLING)}
    assert passed == {
        "actor.secret_key", "board.dots_per_device", "district.name", "edition_file.name", "hook.name", "hook.secret",
        "host.name", "organisation.name", "round.name", "theme.names",
    }
