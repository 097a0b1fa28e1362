"""Tables that show figures, told from tables that only put things in their places."""

from bs4 import BeautifulSoup
from bs4.element import Tag

_PARTS = ["caption", "thead", "tbody", "tfoot", "tr", "td", "th"]


def unwrap_layout(soup: BeautifulSoup) -> None:
    """Make blocks of tables of one column or with tables in them: they only put things in place."""
    tables = soup.find_all("table")
    holders = {id(table.find_parent("table")) for table in tables}
    rows = [row for row in soup.find_all("tr") if len(cells(row)) > 1]
    real = {id(row.find_parent("table")) for row in rows} - holders
    parts = [(part, part.find_parent("table")) for part in soup.find_all(_PARTS)]
    for part in [part for part, table in parts if id(table) not in real]:
        part.name = "div"
    for table in tables:
        if id(table) not in real:
            table.name = "div"


def cells(row: Tag) -> list[Tag]:
    """Return the cells of a row itself, not of tables in it."""
    return row.find_all(["td", "th"], recursive=False)
