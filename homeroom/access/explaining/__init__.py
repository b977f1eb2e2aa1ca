"""Why somebody is or isn't shown something: the decision itself, taken apart into what decided."""
