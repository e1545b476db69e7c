"""Carriers, civic partners and city departments, and who belongs to them."""
