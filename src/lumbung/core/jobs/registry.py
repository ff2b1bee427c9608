"""Which jobs exist. Filled once at start by `site.manifests`."""

from lumbung.core.base.declarations import JobType

_types: dict[str, JobType] = {}


def register(job_type: JobType) -> None:
    """Add a job type; a name belongs to one function."""
    known = _types.get(job_type.name)
    if known is not None and known.run is not job_type.run:
        raise ValueError(f"job {job_type.name!r} is registered twice (jobs.name)")
    _types[job_type.name] = job_type


def get(name: str) -> JobType:
    """The job type of that name."""
    if name not in _types:
        raise LookupError(f"job {name!r} is unknown; registered: {sorted(_types)}")
    return _types[name]


def scheduled() -> list[JobType]:
    """Every job with a schedule, by name."""
    return sorted((t for t in _types.values() if t.is_scheduled), key=lambda t: t.name)


def all_types() -> list[JobType]:
    """Every job, by name."""
    return sorted(_types.values(), key=lambda t: t.name)
