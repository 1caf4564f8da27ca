"""The clinic's keys, encrypted columns and files: what is sensitive is encrypted before it reaches a disk."""
