"""Publishes the progress of a public plan as a static website.

The modules, in the order in which data flows through them; each imports only those before it:

==============  ==========================================================================
terms           the nouns: what a plan, an area, an edition, a figure, a verdict are
licences        the licences that figures may be given under, in one table
config          the site's own settings, and what one run works on
ids             names that an id can't have, as something else has them
outputs         what is made, by path: two of one path are refused
letters         letters that look right and are not; names folded for matching
rounding        exact fractions become decimals as they are shown
wording         every sentence and number that a person reads; the one door to Babel
workers         processes side by side, which end when they should
cache           what takes long to make, made once
contract        the data files as the program needs them: tables, columns, types, lists
descriptor      whether a package's descriptor can be read
tables          the text of a table becomes typed rows; the one door to Frictionless
manuscripts     pages written by hand: text, no program; the one door to Markdown and nh3
packages        a folder with a datapackage.json: descriptor, files, tables
boundaries      outlines of areas, where the data have them
read            all packages of a data folder become an archive of nouns
unread          what may stand in a row that could not be read
areas           which area was when, and what became of it
lineage         what an area became and came from, over any number of changes
editions        which version of which edition is public at a moment
plan_then       what an edition answers to and is asked for, where series break
wholes          what its parts leave possible for a whole
measure         figures, given or added up
disclosure      whether what is confidential can be worked out from what is published
owed            who owes which rows, and what lacks yet
questions       what looks wrong in a figure and may be right; a note answers it
figure_facts    figures in the facts of problems, rounded as they are shown
revisions       what differs between two versions, and which row says why
history         what git knows of the data before this change; the one door to git
check_meaning   what changed its meaning and is told nowhere
check_plan      what is wrong with plan, areas and calendar
check_versions  what is wrong with corrections and signed rows
check_hidden    what gives a confidential figure away
check_reports   what is wrong with the reports that came in
check_drafts    what a draft lacks yet, and what its release insists on
check           what is wrong with the results
restate         figures on the borders of other years, where they can be had
assess          verdicts with their arithmetic
bodies          who a body is, whether it was there on a day, who took over from it
reporting       who owed a report by when, and what came
completeness    what stands in each cell that an edition expects
heard           which of all areas anything has come from
past            what was known at a release, by the end of a year, before a withdrawal
as_shown        figures, differences and paces as people see them, the same in every output
ranking         who ranks where among the areas of an indicator
standings       how the areas of an edition stand, and which got worse
corrections     what each version changed of what the public had seen
draw            charts; the one door to Altair and vl-convert
typefaces       which letters can be drawn
typesetting     sheets of paper as PDF, pictures as PNG; the one door to Typst
pages           Markdown; the one door to Jinja
catalogue       what data portals read, and everything in one zip
open_data       CSV, JSON and a data package for other programs
calendar_file   the release calendar for phones; the one door to icalendar
feeds           what is new, as Atom
excel           figures and forms out, and forms back in; the one door to XlsxWriter, openpyxl
write           bytes into folders: all of them, or none
publish         Markdown into a website; the one door to MkDocs
tell            progress, for whoever waits
report          problems in words
build           the whole way, from data to a website that stands
versions        a version made, signed off, corrected by the next
collecting      forms handed out, and what comes back taken into a draft
diff            what one state of the data changes against another, in words
serve           the same on this machine, again when a file changes
command_line    the grammar of the command line
cli             the commands
==============  ==========================================================================
"""
