"""What is public, for machines: editions of the data to download, and the catalogue that lists them."""
