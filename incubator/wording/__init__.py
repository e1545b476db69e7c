"""Passages people write, their language, and their translations."""
