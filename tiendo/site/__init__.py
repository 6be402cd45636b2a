"""From data to a website that stands.

build        the whole way, from data to a website that stands
frame        the frame that the theme puts around each page; the one door to MkDocs
inspection   what a data folder holds and what is wrong with it, before anything is made of it
links        the links of a finished site lead somewhere
progress     progress, for whoever waits
publish      a website put together of pages in their frames and files beside them
reasons      why a page was made again by a build, or was not
serve        the same on this machine, again when a file changes
standing     whether the site that stands is the one that would be built
typefaces    which letters can be drawn
typesetting  sheets of paper as PDF, pictures as PNG; the one door to Typst
"""
