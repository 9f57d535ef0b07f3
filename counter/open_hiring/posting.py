"""A public job as a schema.org JobPosting (schema.org 30.0), for search engines and other sites."""

from counter.calendar import local_date
from counter.open_hiring.model import PublicJob

# What search engines read as "nothing is asked" (Google, "Job posting structured data").
NOTHING_ASKED = "no requirements"
_FULL_TIME_HOURS = 36


def as_job_posting(public: PublicJob, *, site: str) -> dict[str, object]:
    """Return the job as JSON-LD; `site` is the address of the counter's pages, empty when unknown."""
    job = public.job
    hours = str(job.hours_min) if job.hours_min == job.hours_max else f"{job.hours_min}-{job.hours_max}"
    posting: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": job.employer, "value": job.id},
        "url": f"{site}/vacatures/{job.id}" if site else "",
        "title": job.title,
        "description": " ".join(filter(None, (job.tasks, f"Loon: {job.wage_text}."))),
        "hiringOrganization": {"@type": "Organization", "name": job.employer},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": job.place,
                "addressRegion": "Noord-Holland",
                "addressCountry": "NL",
            },
        },
        "industry": job.sector,
        "workHours": f"{hours} uur per week",
        "employmentType": "FULL_TIME" if job.hours_min >= _FULL_TIME_HOURS else "PART_TIME",
        "totalJobOpenings": job.open_places,
        "skills": list(job.practical_needs),
        "educationRequirements": NOTHING_ASKED,
        "experienceRequirements": NOTHING_ASKED,
        "directApply": True,
    }
    if public.opened_at is not None:
        posting["datePosted"] = local_date(public.opened_at).isoformat()
    if job.valid_through is not None:
        posting["validThrough"] = job.valid_through.isoformat()
    return {name: value for name, value in posting.items() if value not in ("", [])}
