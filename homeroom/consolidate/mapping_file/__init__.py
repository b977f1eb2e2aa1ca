"""The file in which a district says what the columns of its own tables mean, in the words of the record.

`declaration` says what a mapping is, `reading` reads its file, `selects` makes SQL of it, and `accounting` tells of the
rows that it makes nothing of. `homeroom.consolidate.mapping_proposal` proposes one.
"""
