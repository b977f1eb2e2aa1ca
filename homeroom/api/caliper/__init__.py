"""The endpoint to which sensors of Caliper send what learners do in an app."""
