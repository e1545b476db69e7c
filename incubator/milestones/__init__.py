"""Milestones, the evidence for them, and the updates that tell of them."""
