"""symproof: a proof assistant for the theory of neural-network training.

A theorem module states a result as symbolic conditions and proves it in structured steps; a small kernel checks
every step; a graph says what rests on what; an instance puts exact numbers through the same statement and steps.
"""

__version__ = "0.1.0"
