"""From many sources to one record: land, map, clean, link, merge, publish."""
