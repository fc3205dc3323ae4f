"""The trusted core: it checks proofs that are data and never searches. The interface is in ``interface.py``."""
