"""What must be true of the database after any fault (domain: safety, section 2)."""

from tests.installation import Installation

# SQLite stores a UUID without dashes, PostgreSQL as its own type.
ID_AS_TEXT = {True: "CAST(r.id AS text)", False: "r.id"}


def half_reports(installation: Installation) -> list[str]:
    """Numbers of reports that lack their original, their reporter or their event."""
    key = ID_AS_TEXT[bool(installation.database_url)]
    statement = f"""
        SELECT r.number FROM reports_report r
        LEFT JOIN reports_sealedoriginal o ON o.report_id = r.id
        LEFT JOIN reports_reporter p ON p.report_id = r.id
        WHERE o.report_id IS NULL OR p.report_id IS NULL OR NOT EXISTS (
            SELECT 1 FROM events_eventrecord e WHERE e.key = 'reports.report_submitted'
            AND replace(e.subject_id, '-', '') = replace({key}, '-', ''))"""
    return [number for (number,) in installation.rows(statement)]


def numbers(installation: Installation) -> list[str]:
    """Every number given, in order."""
    return [number for (number,) in installation.rows("SELECT number FROM reports_report ORDER BY number")]


def gaps_in_numbers(installation: Installation) -> list[str]:
    """Counters that ran ahead of, or behind, the reports that carry their numbers."""
    statement = """
        SELECT c.portal_id, c.year, c.last, count(r.id) FROM reports_numbercounter c
        LEFT JOIN reports_report r ON r.portal_id = c.portal_id AND substr(r.number, 5, 4) = CAST(c.year AS text)
        GROUP BY c.portal_id, c.year, c.last"""
    return [
        f"{portal} {year}: {last} given, {kept} kept"
        for portal, year, last, kept in installation.rows(statement)
        if last != kept
    ]


def _named(installation: Installation) -> set[str]:
    photos = installation.rows("SELECT sha256, thumbnail_sha256 FROM files_storedfile")
    documents = installation.rows("SELECT sha256 FROM files_storeddocument")
    return {address for row in (*photos, *documents) for address in row}


def _lying(installation: Installation) -> set[str]:
    return {path.name for path in (installation.home / "files").glob("??/??/*")}


def orphan_photos(installation: Installation) -> set[str]:
    """Files in the folder that no row names."""
    return _lying(installation) - _named(installation)


def lost_photos(installation: Installation) -> set[str]:
    """Files a row names that are not in the folder."""
    return _named(installation) - _lying(installation)
