"""Pages for people, rendered on the server; they read without JavaScript and print well."""
