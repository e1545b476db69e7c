"""Once both sides have signed, the agreement is printed with their words."""

from incubator.documents import operations
from incubator.documents.models import DocumentKind
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.mentoring import queries_agreements, rules_agreement


@on("agreement.signed")
def print_agreement(entry: Entry) -> None:
    agreement = queries_agreements.agreement(entry.subject_id)
    if rules_agreement.is_complete([each.role for each in agreement.signatures]):
        about = ("assignment", agreement.assignment_id)
        operations.ask(agreement.project, DocumentKind.MENTORING_AGREEMENT, None, about=about)
