"""From a file to a `Shot`, whatever the file is: `reading` is the way in. Files are decoded in a child process."""
