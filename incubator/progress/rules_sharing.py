"""The site and its public projects in the words of schema.org, for search engines; made of frozen pages only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from incubator.progress.pages_project import Milestone, ProjectPage

STATES = "https://schema.org/Event"


def structured(page: ProjectPage, *, base: str, path: str, city: str) -> dict[str, Any]:
    """Return JSON-LD: the project, its grant and its milestones as events; `base` and `path` make its address.

    What is empty is left out. An award that was taken back is no grant.
    """
    place = page.district.name if page.district and not page.is_citywide else city
    return _filled({
        "@context": "https://schema.org",
        "@type": "Project",
        "name": page.title.text,
        "description": page.summary.text,
        "url": base + path,
        "image": base + page.picture.url if page.picture else None,
        "foundingDate": _day(page.starts_on),
        "dissolutionDate": _day(page.ends_on),
        "areaServed": {"@type": "AdministrativeArea", "name": place},
        "sponsor": [_organisation(each.name) for each in (page.carrier, *page.partners) if each],
        "funding": _grant(page, city),
        "event": [_event(each, place) for each in page.milestones],
    })


def site(*, base: str, path: str, name: str, operator: str, city: str, language: str, search: str) -> dict[str, Any]:
    """Return JSON-LD for the start page: the site, who runs it, and where one can search it."""
    return {"@context": "https://schema.org", "@graph": [
        _filled({
            "@type": "WebSite",
            "@id": f"{base}/#site",
            "name": name,
            "url": base + path,
            "inLanguage": language,
            "publisher": {"@id": f"{base}/#operator"},
            "potentialAction": _search(search),
        }),
        {
            "@type": "Organization",
            "@id": f"{base}/#operator",
            "name": operator or name,
            "url": f"{base}/",
            "areaServed": {"@type": "City", "name": city},
        },
    ]}


def trail(steps: Sequence[tuple[str, str]], base: str) -> dict[str, Any]:
    """Return JSON-LD for the way to a page: (name, path) of each step, the page itself last and without a path."""
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": [
        _filled({"@type": "ListItem", "position": place, "name": name, "item": base + path if path else None})
        for place, (name, path) in enumerate(steps, 1)
    ]}


def _search(url: str) -> dict[str, Any] | None:
    if not url:
        return None
    return {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{url}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }


def _grant(page: ProjectPage, city: str) -> dict[str, Any] | None:
    cents = page.decision.amount_cents
    if cents is None or page.status.value == "revoked":
        return None
    return {
        "@type": "MonetaryGrant",
        "name": page.round.name,
        "amount": {"@type": "MonetaryAmount", "currency": "EUR", "value": f"{cents // 100}.{cents % 100:02}"},
        "funder": {"@type": "GovernmentOrganization", "name": city},
    }


def _event(milestone: Milestone, place: str) -> dict[str, Any]:
    on = milestone.actual or milestone.forecast
    moved = milestone.actual is None and milestone.forecast != milestone.due
    state = "Cancelled" if milestone.status.value == "cancelled" else "Rescheduled" if moved else "Scheduled"
    return _filled({
        "@type": "Event",
        "name": milestone.title,
        "description": milestone.description.text,
        "startDate": on.isoformat(),
        "endDate": on.isoformat(),
        "previousStartDate": milestone.due.isoformat() if moved else None,
        "eventStatus": f"{STATES}{state}",
        "location": {"@type": "Place", "name": place},
    })


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _filled(known: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value}
