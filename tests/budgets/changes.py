"""A project whose decided budget may be changed, and its pages."""

from datetime import date

from incubator.foundation.transaction import transaction


def changeable(make):
    """An active project with 4,000.00 awarded: 1,000.00 fees, 3,445.00 material, 445.00 own money."""
    project = make.project("active", ends_on=date(2026, 12, 31))
    award = make.award(project, grant=4_000_00)
    with transaction():
        fees, material = award.plan.costs
        fees.amount_cents, material.amount_cents = 1_000_00, 3_445_00
        award.plan.financing[1].amount_cents = 445_00
    return project


def budget(project, tail=""):
    return f"/de/desk/projects/{project.id}/budget{tail}"


def ways(page):
    """The last parts of the addresses that a page's main part leads to."""
    return {link["href"].rpartition("/")[2] for link in page.soup.select("main a[href]")}
