"""Show that a promise was kept, in part or whole; nothing else makes a pledge fulfilled."""

from collections.abc import Sequence

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.journal import record
from incubator.media import operations_papers
from incubator.media.models import Paper
from incubator.partners import operations, rules, rules_proofs
from incubator.partners.models import Pledge
from incubator.partners.models_invitation import PledgeProof


def prove(
    pledge: Pledge, by, *, text: str, quantity: int | None, language: str = "de", papers: Sequence[Paper] = ()
) -> PledgeProof:
    """Write down what came and how much; once all of it is there the pledge is fulfilled, and the partner is thanked.

    Of money `quantity` is its cents. A photo or paper is kept inside the project.
    """
    operations_papers.hold_waiting(papers, by)
    hold(pledge.project)
    hold(pledge)
    rules.demand_open(pledge.project)
    words = rules_proofs.demand_proof(pledge, text, quantity)
    paper = next((operations_papers.claim(each, by, project_id=pledge.project_id) for each in papers[:1]), None)
    proof = PledgeProof(
        pledge=pledge, text=words, language=language, quantity=quantity, paper=paper, written_by_id=by.id,
        written_at=clock.now(),
    )
    db.session.add(proof)
    done = (pledge.done_quantity or 0) + proof.quantity
    pledge.done_quantity = done
    record("pledge.proved", by, pledge, quantity=proof.quantity, done=done)
    to = rules_proofs.state_after(pledge, done)
    if to is not pledge.state:
        operations.step(pledge, to, by)
    return proof
