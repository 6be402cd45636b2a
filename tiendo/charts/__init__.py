"""What is to be drawn, and the drawing of it.

embeds    charts inside other people's pages: what is put there, and the pages that it shows
picture   A chart that is to be drawn, with its words and the files that it has
pictures  the charts of the pages: which there are, what they show, and what they say in words
pinned    the charts as they were published with each version: what a pinned embed goes on showing
strips    where an area has one figure alone: its place among all areas
draw      charts; the one door to Altair and vl-convert
"""
