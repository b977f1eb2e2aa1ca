"""The notices that an app was sent, and how it has them sent again."""
