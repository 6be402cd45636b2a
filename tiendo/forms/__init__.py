"""Forms out to those who report, and back: Excel, CSV, whatever people make.

=============  ===========================================================================
vocabulary     the words that people head columns with, and name areas and reasons by
cells          one cell: what stands in it, as a number, a day, a reason, or why it is none
old_letters    text from before Unicode, and bytes in whatever encoding, as letters
workbooks      workbooks as sheets of cells; the one door to openpyxl
litter         what lies in a folder of tables and is none
sheets         any file as sheets of cells, or why it is none
names          what people call an area, an indicator, an agency
heads          what a column's head says, its brackets among it
around         what stands around a table: place and date, signatures, remarks
layout         where in a sheet the table is, and what each of its columns holds
columns        the columns that are read, each once and in the open
shifts         rows whose cells may stand in the wrong columns
entries        what the table says of which indicator in which area
rows           what it says as the row of a package, or the questions that it leaves
form_table     the table of a form: its columns, its rows, what each cell may hold
form           a form as a workbook
reading        files read into one heap of rows, reports and questions
merging        what all files say together: each row once, totals compared
intake         forms and tables as rows of a package, or the questions that they leave
=============  ===========================================================================
"""
