"""Partners' own systems, told of what happens in public."""
