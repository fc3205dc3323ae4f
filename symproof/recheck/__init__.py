"""The independent re-checker of certificates: a program of its own.

It imports nothing else of symproof, and of other packages only python-flint. It reads a certificate (JSON), rebuilds
its statements and proofs, and decides every step anew; nothing that the certificate says of trust or of success is
believed. Read it in this order: ``term`` (what statements are made of), ``certificate`` (how they are read),
``steps`` (what each kind of step does), ``side_conditions`` (what is decided without a step), ``rules/`` (one file for
each rule), ``verdict`` (what comes out).
"""
