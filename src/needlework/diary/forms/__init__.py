"""What is typed into the pages of the diary, checked."""
