"""OneRoster, read: the record's rows as a rostering app knows them, as far as its agreement goes."""
