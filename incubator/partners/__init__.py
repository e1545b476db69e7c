"""Organisations that take part in a project, and what they pledge."""
