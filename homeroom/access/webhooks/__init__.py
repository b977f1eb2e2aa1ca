"""Notices to apps that something in their scope changed: written down, signed, sent until they are taken."""
