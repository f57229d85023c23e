"""Raw sheets to readings: which ledger, which header row, which column is what, what each row is. Pure functions."""
