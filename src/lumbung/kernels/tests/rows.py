"""Rows as in the CSV of `reports_public`."""


def report(**columns: str) -> dict[str, str]:
    """A row of an ordinary complaint, received on 2 March 2026 and just verified; say what differs."""
    return {
        "number": "NTB-2026-000001",
        "class": "complaint",
        "category": "roads",
        "urgency": "ordinary",
        "state": "verified",
        "agency_code": "52-pupr",
        "district_code": "52.07.01",
        "received_on": "2026-03-02",
        "due_on": "2026-03-30",
        "deadline": "",
        "promise": "",
        "finished_on": "",
        "reopened_count": "0",
        **columns,
    }
