"""People: accounts, sign-in, and the roles they hold."""
