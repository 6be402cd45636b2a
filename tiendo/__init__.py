"""Publishes the progress of a public plan as a static website.

The rooms, in the order in which data flow through them; each imports only those before it.
Each room's own docstring names its modules.

==============  ==================================================================================
terms           the nouns: what a plan, an area, an edition, a figure, a verdict are
licences        the licences that figures may be given under, in one table
config          the site's own settings, and what one run works on
ids             names that an id can't have, as something else has them
letters         letters that look right and are not; names folded for matching
machine         what the program asks of a machine, knowing nothing of plans
read            files become an Archive of nouns, and what could not be read Problems
judge           an Archive becomes Results: every judgement is made here, once, and has one name
check           what is wrong: Problems; it asks judge
words           numbers and sentences as people read them, in each language
charts          what is to be drawn, and the drawing of it
pages           pages as Markdown: a builder fills a class, a template places it
files           tables, feeds, calendars, catalogues, workbooks: from Results, never from pages
forms           forms in Excel out to those who report, and back in
site            from data to a website that stands
office          what the clerk's commands do
command_line    the grammar of the command line
commands        what each command does, and what it tells
cli             from the arguments of a command to its exit code
==============  ==================================================================================
"""
