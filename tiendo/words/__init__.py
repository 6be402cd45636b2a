"""Numbers and sentences as people read them, in each language.

addresses    addresses of everything published. They never change once published
clauses      clauses of the plan, the way to them, and quotations that are cut
corrections  what a version changed, in words
desk         what every builder writes from: results, words and the page at hand; links and
             datelines
downloads    the files that can be taken away, by what is in them; their addresses and their names
due          what falls due when, in words
figures      figures in words: a value, what it was worked out from, why there is none, how it
             changed
linked_data  what a page is, said to machines: JSON-LD in the words of schema.org
parts        parts of pages and files, as strings that are ready to be placed
problems     problems in words
questions    what is asked about figures, in words, beside the note that answers it
releases     when figures come, in words
verdicts     verdicts and their arithmetic in words
withdrawals  what was withdrawn, in words
wording      every sentence and number that a person reads; the one door to Babel
"""
