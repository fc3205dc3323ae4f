"""Elementary facts about real numbers."""
