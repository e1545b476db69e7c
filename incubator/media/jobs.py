"""What happens to photos and papers by itself."""

from incubator.foundation import clock
from incubator.foundation.jobs import every_tick
from incubator.foundation.transaction import transaction
from incubator.media import operations, operations_papers, queries, store


@every_tick
def hide_where_consent_ended() -> None:
    if queries.without_consent(clock.today()):
        with transaction():
            for photo in queries.without_consent(clock.today()):
                operations.hide(photo)


@every_tick
def forget_waiting_papers() -> None:
    if queries.has_overdue():
        with transaction():
            operations_papers.forget_overdue()


@every_tick
def sweep_files() -> None:
    store.sweep(queries.known_keys)
