"""Publishes the progress of a public plan as a static website.

The modules, in the order in which data flows through them; each imports only those before it:

=========  =======================================================================
terms      the nouns: what a plan, an area, an edition, a figure, a verdict are
config     the site's own settings, and what one run works on
letters    letters that look right and are not; names folded for matching
wording    every sentence and number that a person reads; the one door to Babel
read       files become an archive, typed; the one door to Frictionless
areas      which area was when, and what became of it
editions   which version of which edition is public at a moment
measure    figures, given or added up
check      what is wrong with the archive, all of it
assess     verdicts with their arithmetic
draw       charts; the one door to Altair and vl-convert
pages      Markdown; the one door to Jinja
open_data  CSV, JSON and a data package for other programs
write      bytes into folders: all of them, or none
publish    Markdown into a website; the one door to MkDocs
tell       progress, for whoever waits
report     problems in words
build      the whole way, from data to a website that stands
serve      the same on this machine, again when a file changes
cli        the commands
=========  =======================================================================
"""
