"""What is wrong: Problems; it asks judge.

meaning   what changed its meaning and is told nowhere
plan      what is wrong with plan, areas and calendar
versions  what is wrong with corrections and signed rows
hidden    what gives a confidential figure away
reports   what is wrong with the reports that came in
drafts    what a draft lacks yet, and what its release insists on
results   what is wrong with the results
"""
