"""The payment provider: a page of its own on which somebody pays, so that no card data ever comes here."""
