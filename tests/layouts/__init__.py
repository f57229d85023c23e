"""Random ledgers in random layouts, with the truth of them: what the round trip through the reading must give back."""
