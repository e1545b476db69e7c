"""The second shape of a letter, for mail programs that prefer HTML."""

from incubator.foundation.language import BY_CODE
from incubator.letters import rules


def test_a_long_link_goes_on_in_the_next_line_on_a_phone():
    link = "http://localhost/ar/follow/manage/12-abcdefghijklmnopqrstuv"
    html = rules.html_of(link, BY_CODE["ar"])
    shown = html.split('dir="ltr">')[1].split("</a>")[0]
    assert f'href="{link}"' in html
    assert shown.replace("<wbr>", "") == link
    assert max(len(part) for part in shown.split("<wbr>")) <= 20


def test_a_letter_is_as_wide_as_the_phone():
    assert '<meta name="viewport" content="width=device-width">' in rules.html_of("x", BY_CODE["de"])
