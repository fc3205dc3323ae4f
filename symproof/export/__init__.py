"""Certificates: results with their proofs as JSON, for a checker that knows nothing of this package."""
