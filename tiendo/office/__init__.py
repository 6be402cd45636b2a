"""What the clerk's commands do.

collecting  forms handed out, and what comes back taken into a draft
diff        what one state of the data changes against another, in words
versions    a version made, signed off, corrected by the next
"""
