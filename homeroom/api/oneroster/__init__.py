"""OneRoster 1.2 and 1.1 over HTTP, for rostering apps: what their agreements let them read."""
