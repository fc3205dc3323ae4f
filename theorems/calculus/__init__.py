"""Elementary facts about real numbers and functions."""
