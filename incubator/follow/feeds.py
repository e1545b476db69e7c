"""What a feed holds, whatever it is written in. Its news are the frozen ones of the public pages, nothing else."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _
from markupsafe import Markup

from incubator.foundation.language import Language, current
from incubator.foundation.rendering import day, nl2p
from incubator.media.pages import Picture
from incubator.progress.pages import News
from incubator.wording.notes import note
from incubator.wording.queries import Passage

PICTURE_TYPE = "image/jpeg"
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"  # what stands between keeps its own direction
FIRST_YEAR = "2026"  # the year in our tags (RFC 4151): the site had its name then; it never changes


@dataclass(frozen=True)
class Channel:
    """News about one thing; `key` names it for ever, `changed_at` is when anything about them last changed."""

    key: str
    slug: str
    name: Passage | None
    news: tuple[News, ...]
    changed_at: datetime


@dataclass(frozen=True)
class Item:
    """One piece of news; `html` is safe: what people wrote is escaped in it."""

    id: str
    url: str
    title: Passage
    html: str
    language: str
    published_at: datetime
    updated_at: datetime
    author: str
    slug: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Feed:
    """All addresses are absolute; `url` is the feed's own, `page_url` the page that people read instead."""

    id: str
    url: str
    page_url: str
    title: str
    subtitle: str
    author: str
    language: Language
    changed_at: datetime
    items: tuple[Item, ...]


def tag(host: str, what: str) -> str:
    """Return an id that stays the same in every feed, language and format."""
    return f"tag:{host},{FIRST_YEAR}:{what}"


def item_of(news: News, *, host: str, base: str, url: str) -> Item:
    return Item(
        id=tag(host, f"update/{news.id}"),
        url=url,
        title=news.title,
        html=str(_html(news, base)),
        language=news.text.language,
        published_at=news.published_at,
        updated_at=news.changed_at,
        author=news.project_title.text,
        slug=news.project_slug,
        pictures=tuple(replace(each, url=base + each.url) for each in news.pictures),
    )


def _html(news: News, base: str) -> Markup:
    parts = [Markup('<div lang="{}" dir="auto">{}</div>').format(news.text.language, nl2p(news.text.text))]
    if said := note(news.text, current()):
        parts.append(Markup('<p lang="{}" dir="auto"><small>{}</small></p>').format(current().html, said))
    if news.milestone:
        isolated = f"{ISOLATE}{news.milestone.text}{END_OF_ISOLATE}"
        sentence = _("Milestone reached: %(title)s", title=isolated)
        parts.insert(0, Markup('<p lang="{}" dir="auto">{}</p>').format(current().html, sentence))
    parts += [_figure(picture, base) for picture in news.pictures]
    if news.corrected_at and news.correction:
        isolated = f"{ISOLATE}{news.correction.text}{END_OF_ISOLATE}"
        sentence = _("Corrected on %(day)s: %(note)s", day=day(news.corrected_at), note=isolated)
        parts.append(Markup('<p lang="{}" dir="auto">{}</p>').format(current().html, sentence))
    return Markup("").join(parts)


def _figure(picture: Picture, base: str) -> Markup:
    image = Markup('<img src="{}" alt="{}" lang="{}" width="{}" height="{}">').format(
        base + picture.url, picture.alt, picture.alt_language, picture.width, picture.height
    )
    credit = Markup('<figcaption dir="auto">{}</figcaption>').format(picture.credit) if picture.credit else Markup("")
    return Markup("<figure>{}{}</figure>").format(image, credit)
