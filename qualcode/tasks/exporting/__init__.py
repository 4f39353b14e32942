"""What leaves: documents, tables, interviews."""
