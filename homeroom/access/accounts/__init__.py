"""Who signs in: accounts, what lets people in, sessions, and whom each of them reaches."""
