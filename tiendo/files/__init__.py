"""Tables, feeds, calendars, catalogues, workbooks: from Results, never from pages.

calendar   the release calendar for phones; the one door to icalendar
catalogue  what data portals read, and everything in one zip
feeds      what is new, as Atom
open_data  CSV, JSON and a data package for other programs
producers  every format of files, one line each: what gives its bytes by path from Results
withdrawn  what stands where files were that are withdrawn: a notice, in the form that the name
           promises
workbooks  figures as workbooks for readers: a cover, notes, then one table a sheet
"""
