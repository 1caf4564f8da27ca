"""The person treated: who they are, standing facts, who may open the record, and their own sign-in."""
