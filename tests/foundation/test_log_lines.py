"""Whatever is logged stays on its line: nobody writes a second one that was never said."""

import logging

import pytest

from incubator.foundation import logs


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x1b[2J", "\x00", "\u2028", "\x85"])
def test_what_somebody_typed_begins_no_new_line(app, caplog, sign):
    logging.getLogger("somebody").warning("looked for %s", f"bread{sign}WARNING turned away: nobody")
    message = caplog.records[-1].getMessage()
    assert len(message.splitlines()) == 1
    assert message.isprintable()


def test_letters_of_every_script_stay_as_they_are():
    assert "naïve مرحبا 😀".translate(logs.ONE_LINE) == "naïve مرحبا 😀"
