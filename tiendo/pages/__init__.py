"""From results to Markdown: builders fill the classes of `contexts`, templates place them.

``addresses`` and ``desk`` come first, then ``figure_words`` and ``verdict_words``, ``pictures`` and
what several pages share, then one builder for each kind of page, and last ``rendering``, the one
door to Jinja.
"""
