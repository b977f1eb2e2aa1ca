"""Files of whole resources, as agreements let apps have them: made once, encrypted to the app, kept for an hour."""
