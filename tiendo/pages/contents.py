"""Every page of the site, in the order of the menu: one line each."""

from __future__ import annotations

from tiendo.pages import (
    actions,
    agencies,
    area,
    compare,
    corrections,
    data,
    due,
    glossary,
    handwritten,
    home,
    indicator,
    milestone,
    places,
    plan_text,
    quality,
    release_calendar,
    reports,
    search,
    table,
    year,
)
from tiendo.pages import help as problem_help
from tiendo.pages.page import Page

PAGES: tuple[Page, ...] = (
    home.PAGE,
    indicator.PAGE,
    area.PAGE,
    table.PAGE,
    compare.PAGE,
    places.PAGE,
    year.PAGE,
    milestone.PAGE,
    plan_text.PAGE,
    actions.PAGE,
    agencies.PAGE,
    reports.PAGE,
    due.PAGE,
    data.PAGE,
    corrections.PAGE,
    quality.PAGE,
    release_calendar.PAGE,
    *handwritten.PAGES,
    glossary.PAGE,
    problem_help.PAGE,
    problem_help.OF_A_PROBLEM,
    search.PAGE,
)
"""The table of pages: what is built, what stands in the menu, what the search knows by name."""
