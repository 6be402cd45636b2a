"""An Archive becomes Results: every judgement is made here, once, and has one name.

once          what is asked again and again, worked out once and kept with what it is of
rounding      exact fractions become decimals as they are shown
unread        what may stand in a row that could not be read
areas         which area was when, and what became of it
lineage       what an area became and came from, over any number of changes
editions      which version of which edition is public at a moment
bodies        who a body is, who was in office on a day
reporting     who owed a report by when, and what came
observations  the rows of one version, out of the table of all
plan_then     what an edition answers to and is asked for, where series break
scale         what a value is measured in: unit, bounds, how a difference is said
wholes        what its parts leave possible for a whole
owed          who owes which rows, which level reports, who took over
measure       figures, given or added up
lacking       what a body is asked for, and what lacks yet
years         the figure of a year: looked up, never searched for
disclosure    whether what is confidential can be worked out from what is published
questions     what looks wrong in a figure and may be right; a note answers it
figure_facts  figures in the facts of problems, rounded as they are shown
revisions     what differs between two versions, and which row says why
restate       figures on the borders of other years, where they can be had
assess        verdicts with their arithmetic
clauses       where in the plan its targets, actions and duties stand, what a quotation cuts
due           what falls due when, who owes it, and what is known of it
completeness  what stands in each cell that an edition expects
heard         which of all areas anything has come from
past          what was known at a release, by the end of a year, before a withdrawal
as_shown      figures, differences and paces as people see them, the same in every output
ranking       who ranks where among the areas of an indicator
standings     how the areas of an edition stand, and which got worse
steps         what each version changed of what the public had seen
"""
