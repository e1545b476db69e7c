"""The second shape of a letter to many: the same words for mail programs that prefer HTML."""

import re

from markupsafe import Markup, escape

from incubator.foundation.language import Language

LINK = re.compile(r"https?://[^\s<>\"]+")


def html_of(text: str, language: Language) -> str:
    """Write a letter's text as HTML: paragraphs with their own direction, links that can be pressed, nothing else."""
    paragraphs = (part.strip() for part in text.split("\n\n"))
    body = Markup("\n").join(
        Markup('<p dir="auto">{}</p>').format(_with_links(part)) for part in paragraphs if part
    )
    return str(Markup(
        '<!doctype html>\n<html lang="{lang}" dir="{dir}">\n<head><meta charset="utf-8"></head>\n'
        '<body dir="{dir}">\n{body}\n</body>\n</html>\n'
    ).format(lang=language.html, dir=language.dir, body=body))


def _with_links(text: str) -> Markup:
    made, end = Markup(""), 0
    for found in LINK.finditer(text):
        made += escape(text[end:found.start()])
        made += Markup('<a href="{0}" dir="ltr">{0}</a>').format(found.group())
        end = found.end()
    return Markup("<br>\n").join((made + escape(text[end:])).split("\n"))
