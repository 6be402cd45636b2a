"""From data to a website that stands.

build        the whole way, from data to a website that stands
inspection   what a data folder holds and what is wrong with it, before anything is made of it
progress     progress, for whoever waits
publish      markdown into a website; the one door to MkDocs
serve        the same on this machine, again when a file changes
typefaces    which letters can be drawn
typesetting  sheets of paper as PDF, pictures as PNG; the one door to Typst
"""
