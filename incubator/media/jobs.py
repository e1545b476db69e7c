"""What happens to photos by itself."""

from incubator.foundation import clock
from incubator.foundation.jobs import every_tick
from incubator.foundation.transaction import transaction
from incubator.media import operations, queries, store


@every_tick
def hide_where_consent_ended() -> None:
    if queries.without_consent(clock.today()):
        with transaction():
            for photo in queries.without_consent(clock.today()):
                operations.hide(photo)


@every_tick
def sweep_files() -> None:
    store.sweep(queries.known_keys)
