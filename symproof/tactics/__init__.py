"""Untrusted search for evidence: what it finds counts only once a rule of the kernel has checked it."""
