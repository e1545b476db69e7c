"""Photos, shown where that is agreed, and papers, shown only inside: made anew, stored under random names."""
