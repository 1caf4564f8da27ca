"""Charges, payments and refunds."""
