"""What the program asks of a machine, knowing nothing of plans.

outputs   what is made, by path: two of one path are refused
write     bytes into folders: all of them, or none
cache     what takes long to make, made once
workers   processes side by side, which end when they should
workbook  a workbook to be drawn; the one door to XlsxWriter
"""
