"""Obligations for Coq: the statements that the kernel accepted, each as a lemma with a proof of its own."""
