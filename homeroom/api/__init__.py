"""HTTP for programs of providers with whom the district has an agreement: each is told what that names, and no more."""
