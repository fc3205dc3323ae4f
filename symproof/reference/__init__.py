"""Reference documentation that is made from the program itself: the rules with examples that are run, the commands."""
