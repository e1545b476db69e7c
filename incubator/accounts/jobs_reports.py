"""What browsers refused is forgotten after ninety days."""

from incubator.accounts import operations_reports
from incubator.foundation.jobs import now_and_then


@now_and_then
def forget_old_reports() -> None:
    operations_reports.forget_old_reports()
