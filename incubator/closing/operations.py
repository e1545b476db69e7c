"""All that can be done at the end of a project; each verb stands in the file of its kind."""

from incubator.closing.operations_check import drop_signature, return_report, sign
from incubator.closing.operations_recovery import settle, waive
from incubator.closing.operations_report import save_report, submit_report

__all__ = ["drop_signature", "return_report", "save_report", "settle", "sign", "submit_report", "waive"]
