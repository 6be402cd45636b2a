"""From results to Markdown: builders fill the classes of `contexts`, templates place them.

``addresses`` and ``phrases`` come first, then ``pictures`` and what several pages share, then one
builder for each kind of page, and last ``rendering``, the one door to Jinja.
"""
