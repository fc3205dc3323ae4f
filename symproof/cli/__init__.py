"""The command line: a frame (:mod:`symproof.cli.main`) and one file per command."""
