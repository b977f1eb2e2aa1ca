"""OneRoster's terms put into the record's: one module per part of the school record, each a set of SELECTs."""
