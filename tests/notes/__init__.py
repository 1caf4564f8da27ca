"""The smallest room with encrypted columns, for what is promised of every such column."""
