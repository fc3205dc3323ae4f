"""Statements, steps, theorems and citations: proofs as data."""
