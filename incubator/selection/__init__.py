"""Choosing among approved projects: the panel, the ranking, and decisions told together."""
