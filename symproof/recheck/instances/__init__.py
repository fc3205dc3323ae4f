"""Numbers in theorems, decided again: one file for each theorem that is known here."""
