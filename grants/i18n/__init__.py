"""Languages and scripts of everything that is said: on pages, in mails, in acts."""
