"""The fault finder for HTML finds faults; every page meets it in the matrix of those who may open it."""

import pytest

from tests.markup import faults

PAGE = "<!doctype html><html lang='de'><body>{}</body></html>"


@pytest.mark.parametrize(("part", "fault"), [
    ("<p><b>x</p></b>", "</p> while <b> is open"), ("<div>", "</body> while <div> is open"),
    ("<i id=a></i><i id=a></i>", "'a' stands there 2 times"), ("<label for=b>x</label>", "for leads to no 'b'"),
    ("<input id=c>", "a field 'c' without a label"),
    ("<p aria-describedby=d>x</p>", "aria-describedby leads to no 'd'"),
    ("<a href='#e'>x</a>", "href leads to no 'e'"), ("<div lang=xx></div>", "lang='xx'"),
    ("<div dir=up></div>", "dir='up'"), ("<li>x</li>", "<li> in <body>"), ("<p><ul></ul></p>", "<ul> somewhere in <p>"),
    ("<a href=x><button>y</button></a>", "<button> somewhere in <a>"), ("<img src=x>", "without alt"),
    ("<i class=a class=b></i>", "an attribute twice"), ("<div/>", "closes nothing"),
    ("<div hidden><p>x</p></div>", "nothing opens"), ("<details><p>x</p></details>", "nothing opens"),
    ("<button type=button>x</button>", "does nothing without a script"),
])
def test_a_fault_is_found(part, fault):
    assert any(fault in each for each in faults(PAGE.format(part)))


def test_what_scripts_show_may_be_hidden():
    parts = ("<p data-copy-of=x hidden>y</p><div hidden><label for=website>x</label><input id=website></div>"
             "<div data-tools hidden><button type=button>x</button></div><details><summary>x</summary>y</details>")
    assert faults(PAGE.format(parts)) == []


def test_a_good_page_has_no_fault():
    assert faults(PAGE.format("<label for=a>x</label><input id=a><ul><li>y</li></ul><img src=x alt=''>")) == []
