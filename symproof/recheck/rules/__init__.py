"""One file for each rule; ``RULES`` in ``symproof.recheck.question`` lists them."""
