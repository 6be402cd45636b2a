"""Files become an Archive of nouns, and what could not be read Problems.

contract     the data files as the program needs them: tables, columns, types, lists
descriptor   whether a package's descriptor can be read
tables       the text of a table becomes typed rows; the one door to Frictionless
manuscripts  pages written by hand: text, no program; the one door to Markdown and nh3
packages     a folder with a datapackage.json: descriptor, files, tables
boundaries   outlines of areas, where the data have them
archive      all packages of a data folder become an archive of nouns
history      what git knows of the data before this change; the one door to git
"""
