"""Publishes the progress of a public plan as a static website.

The modules, in the order in which data flows through them; each imports only those before it:

=========  =======================================================================
terms      the nouns: what a plan, an area, an edition, a figure, a verdict are
config     the site's own settings and the moment it is built for
wording    every sentence and number that a person reads, in each language
read       files become an archive, typed; the one door to Frictionless
areas      which area was when, and what became of it
editions   which edition, and which version of it, is public at a moment
check      what is wrong with the archive, all of it
measure    figures, aggregates and verdicts
draw       charts; the one door to Altair and vl-convert
pages      Markdown; the one door to Jinja
open_data  JSON, CSV and data packages for other programs
excel      spreadsheets for people
write      bytes into folders: all of them, or none
publish    Markdown into a website; the one door to MkDocs
cli        the commands
=========  =======================================================================
"""
