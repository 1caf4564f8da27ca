"""The printed card beside the skin: its page, finding it, and the scale, plane and colour that it gives."""
