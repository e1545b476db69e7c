"""Help where it is needed: one-page guides, the words explained, and a first look around for each role."""
