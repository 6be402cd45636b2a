"""What is wrong: Problems; it asks judge.

meaning    what changed its meaning and is told nowhere
plan       what is wrong with plan, areas and calendar
plan_text  what is wrong with the plan's own text, and with what names its clauses
versions   what is wrong with corrections and signed rows
hidden     what gives a confidential figure away
reports    what is wrong with the reports that came in
drafts     what a draft lacks yet, and what its release insists on
results    what is wrong with the results
"""
