"""The Ed-Fi Identity API 2.0: an app asks for a student's id by what it knows of them."""
