"""How days, moments and lists are written."""

from datetime import UTC, datetime

import pytest

from incubator.foundation.language import in_language
from incubator.foundation.rendering import comma, moment


@pytest.mark.parametrize(("code", "written"), [("de", "01.07.2026, 14:05"), ("en", "Jul 1, 2026, 2:05\u202fPM")])
def test_a_moment_is_written_in_the_citys_time_without_seconds(app, code, written):
    with app.test_request_context(), in_language(code):
        assert moment(datetime(2026, 7, 1, 12, 5, 9, tzinfo=UTC)) == written


@pytest.mark.parametrize(("code", "written"), [("de", ", "), ("en", ", "), ("ar", "\N{ARABIC COMMA} ")])
def test_a_list_is_parted_by_the_comma_of_its_script(app, code, written):
    with app.test_request_context(), in_language(code):
        assert comma() == written
