"""The clinic's keys, encrypted columns and files: what is sensitive is sealed before it reaches a disk."""
