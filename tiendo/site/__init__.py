"""From data to a website that stands.

build        the whole way, from data to a website that stands
progress     progress, for whoever waits
publish      markdown into a website; the one door to MkDocs
serve        the same on this machine, again when a file changes
typefaces    which letters can be drawn
typesetting  sheets of paper as PDF, pictures as PNG; the one door to Typst
"""
