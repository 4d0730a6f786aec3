"""Who took what: evidence and changes of load weighed together, entered into books, written as receipts."""
