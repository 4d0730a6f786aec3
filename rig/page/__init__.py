"""The run page: one HTML file that shows a run over the floor plan, and the same page following a run live."""

from rig.page.build import Look, page_of, write_page

__all__ = ["Look", "page_of", "write_page"]
