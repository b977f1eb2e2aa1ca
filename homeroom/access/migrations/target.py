"""What the newest step must end in: the tables that the code declares."""

from homeroom.access import disclosures
from homeroom.access.accounts import tables as accounts
from homeroom.access.administration import tables as administration
from homeroom.access.agreements import tables as agreements
from homeroom.access.bulk import tables as bulk
from homeroom.access.egress import tables as egress
from homeroom.access.opt_outs import tables as opt_outs
from homeroom.access.profiles import tables as profiles
from homeroom.access.resources import tables as resources
from homeroom.access.retention import tables as retention
from homeroom.access.sandbox import tables as sandbox
from homeroom.access.webhooks import tables as webhooks

METADATA = [disclosures.metadata, agreements.metadata, egress.metadata, resources.metadata, accounts.metadata,
            opt_outs.metadata, bulk.metadata, webhooks.metadata, sandbox.metadata, administration.metadata,
            profiles.metadata, retention.metadata]  # fmt: skip
