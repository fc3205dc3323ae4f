"""Exploring a proof: the state at a step, what the rules say there, and proofs that grow step by step."""
