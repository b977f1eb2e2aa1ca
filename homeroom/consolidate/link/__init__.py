"""Who is who: the students, contacts, staff and schools of all sources, each found once."""

from homeroom.consolidate.link.linking import LinkSettings, LinkSummary, link
from homeroom.consolidate.link.schools import link_schools

__all__ = ["LinkSettings", "LinkSummary", "link", "link_schools"]
