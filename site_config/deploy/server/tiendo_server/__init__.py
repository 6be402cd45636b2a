"""What an office's own server runs: owned by root, with Python's standard library alone.

Of a push it reads the data and the pages written by hand, has them built by the program that an
administrator has installed, and shows the site.  Who may do what: docs/developers/deploying.md.
"""
