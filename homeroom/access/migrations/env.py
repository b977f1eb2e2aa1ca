"""Alembic runs this for each of its commands: on the connection that the caller opened, in the caller's transaction.

`metadata` among the caller's attributes is what the next step is written from; bringing a record up to date needs none.
"""

from alembic import context

from homeroom.access.migrations.scope import OPTIONS

attributes = context.config.attributes
context.configure(connection=attributes["connection"], target_metadata=attributes.get("metadata"), **OPTIONS)
context.run_migrations()
