"""Terms, sorts and propositions: the frozen language that statements are written in (no search, no evaluation)."""
