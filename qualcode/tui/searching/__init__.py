"""Searching all interviews."""
