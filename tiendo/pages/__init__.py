"""Pages as Markdown: a builder fills a class, a template places it.

Every class is a page or a part of one, and stands beside the builder that fills it.  A template
gets exactly two names: ``page`` (one of the classes that end in ``Page``) and ``say`` (a fixed
label of the language by its key in ``site_config/wording/<language>/pages.toml``).  Templates
place and never decide, so a builder says everything here, in the language of the page:

- A ``str`` is plain text, escaped by the template: numbers, dates and units are formatted
  already ("66.7%", "1,204 of 1,811 people", "10 January 2025").  Empty means "nothing to show",
  and what stands around it disappears.
- A field named ``href`` is ready for an ``href`` attribute: relative to the page it stands on and
  ending in ``/`` for pages ("../../dia-ban/tu-ky/"), or a file ("../../du-lieu/x.csv").  In
  classes where it may be empty, the text stands without a link.
- A ``Markup`` is HTML or SVG that is placed as it stands.  It must not contain an empty line.
- A ``kind`` is the ascii end of a CSS class and of a symbol's name; it is never shown.  Verdicts
  use the values of `tiendo.terms.Verdict`, actions those of `tiendo.terms.ActionState`.
- A ``bool`` or an optional part decides only whether something is placed.
- An ``id`` is ascii and unique on its page.

The modules:

actions           the page of actions: the tasks of the plan and how far they have come
agencies          the page of agencies: who is to do what
area              an area's page: its indicators against the plan's targets, what is missing, who
                  reported
area_findings     how an area's page opens: what is met, what is not, what changed, where it
                  stands, what lacks
area_history      where areas come from and what became of them, in words; and what else has their
                  name or code
borders           what later figures make on the borders of an area that ended or changed, on its
                  own page
cards             what a link to a page shows where it is shared: the finding, its date, and the
                  notice
codes             the closed lists of the published tables: every code with what it means, for the
                  page of data
compare           the page where areas are set side by side
contents          every page of the site, in the order of the menu: one line each
corrections       what each version changed of what the public had seen
data              the page of data: all files to take away
datasets          the data behind a page, described for catalogues: `Dataset` of schema.org
due               what falls due: the plan's dates, who owes what, and what is known of it
fallen_back       who fell back against the year before: what a year's page tells of its areas, by
                  indicator
glossary          what the words of this site mean, each in a sentence
grid              a table of cells with a name for each row and each column
handwritten       pages written by hand, with what they name: the plan, the site, the rules
heard_words       in words: of how many areas anything has come, and which sent nothing
help              a page for each problem code, for those who enter figures, and the list of them
                  all
home              the home page: how the plan stands
indicator         an indicator's page: what is counted, what was promised, how it stands, and
                  where
legends           what the verdicts and the reasons for missing figures on a page mean
maps              an indicator's areas where they lie, year by year
milestone         the page of a milestone: what of a year's targets was met, missed or can't be
                  measured, and why
overview          the indicators at a glance, grouped by goal: on the home page and on each
                  edition's page
page              what a page is: where it stands, what fills it, how one comes to it
page_end          the end of every page with figures: notes, sources, files, how to cite
paper             an area on one sheet of paper: what its page says, without links, charts and
                  files
places            the page of all areas: those of today, those that ended, and which became which
plan_life         what became of the plan's indicators: since when one is asked for, until when,
                  what followed
plan_text         the plan to read, word for word, and beside each clause what is known of it
quality           the page of data quality: who has given what, why cells are empty, what is asked
                  of figures
quality_edition   how complete an edition is: by area, by indicator, cell by cell
quotes            a single figure inside other people's pages: with target, verdict, source, date
                  and version
release_calendar  the page of the release calendar: when figures came and will come
rendering         every page of one language as Markdown: the one door to Jinja
reporting         who owed a report by when, and what came
reports           the page of reports: who reported when
search            everything that can be looked for, and where it is
table             the table of all areas by all indicators, in words and shapes
term_links        the way from a word in a page to the sentence that says what it means
withdrawn         what was withdrawn, in words; and what stands at the addresses where it was
year              the page of a year: one edition
"""
