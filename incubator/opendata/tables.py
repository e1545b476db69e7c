"""Every table of the open data, in the order in which each names only earlier ones, itself apart."""

from incubator.opendata import tables_projects as projects
from incubator.opendata import tables_talk as talk

TABLES = (
    talk.ROUNDS, talk.THEMES, talk.DISTRICTS, talk.EVIDENCE, talk.WORKSHOPS, talk.IDEAS,
    projects.ORGANISATIONS, projects.PROJECTS, projects.MILESTONES, projects.UPDATES, projects.PARTNERS,
    projects.PLEDGES, projects.MONEY, projects.BUDGET_LINES, projects.PAYMENTS,
)
BY_NAME = {table.name: table for table in TABLES}
