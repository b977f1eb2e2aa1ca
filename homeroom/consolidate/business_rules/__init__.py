"""Business rules: what data managers ask of the published record, after each run. They tell; they set nothing aside.

The catalogue is data, a file for each domain of the standard. A district adds its own in the same form, in the
workspace's folder `rules`. The rules that set rows and values aside are asked before, in `homeroom.consolidate.rules`.
"""
