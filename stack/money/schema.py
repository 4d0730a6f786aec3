"""The tables of the ledger, version by version. A version that was released is never changed; a new one is added."""

from __future__ import annotations

VERSION_1 = (
    """CREATE TABLE bill (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, account TEXT NOT NULL, instrument TEXT NOT NULL,
        currency TEXT NOT NULL, hold_minor BIGINT NOT NULL, t_ns BIGINT NOT NULL, state TEXT NOT NULL,
        total_minor BIGINT NOT NULL CHECK (total_minor >= 0), tax_minor BIGINT NOT NULL,
        discount_minor BIGINT NOT NULL, balance_minor BIGINT NOT NULL, doubt TEXT NOT NULL,
        tries BIGINT NOT NULL, reason TEXT NOT NULL)""",
    """CREATE TABLE payment (
        id TEXT PRIMARY KEY, bill TEXT NOT NULL REFERENCES bill, instrument TEXT NOT NULL,
        currency TEXT NOT NULL, amount_minor BIGINT NOT NULL, sale SMALLINT NOT NULL, state TEXT NOT NULL,
        authorised_minor BIGINT NOT NULL, captured_minor BIGINT NOT NULL, refunded_minor BIGINT NOT NULL,
        landed SMALLINT NOT NULL, pending TEXT NOT NULL, pending_minor BIGINT NOT NULL, sent_ns BIGINT NOT NULL,
        asked_ns BIGINT NOT NULL, asked BIGINT NOT NULL, orders BIGINT NOT NULL, hold_key TEXT NOT NULL,
        capture_key TEXT NOT NULL, reference TEXT NOT NULL, reason TEXT NOT NULL,
        CHECK (captured_minor <= authorised_minor), CHECK (refunded_minor <= captured_minor))""",
    """CREATE TABLE request (
        key TEXT PRIMARY KEY, what TEXT NOT NULL, subject TEXT NOT NULL, amount_minor BIGINT NOT NULL,
        tax_minor BIGINT NOT NULL, currency TEXT NOT NULL, detail TEXT NOT NULL)""",
    """CREATE TABLE outbox (
        key TEXT PRIMARY KEY, payment TEXT NOT NULL REFERENCES payment, action TEXT NOT NULL,
        amount_minor BIGINT NOT NULL, currency TEXT NOT NULL, instrument TEXT NOT NULL, "of" TEXT NOT NULL,
        done SMALLINT NOT NULL DEFAULT 0)""",
    """CREATE TABLE journal (
        id BIGINT PRIMARY KEY, t_ns BIGINT NOT NULL, what TEXT NOT NULL, bill TEXT NOT NULL,
        payment TEXT NOT NULL, currency TEXT NOT NULL)""",
    """CREATE TABLE posting (
        journal BIGINT NOT NULL REFERENCES journal, line BIGINT NOT NULL, account TEXT NOT NULL,
        minor BIGINT NOT NULL, PRIMARY KEY (journal, line))""",
    "CREATE INDEX posting_account ON posting (account)",
    "CREATE INDEX outbox_waiting ON outbox (key) WHERE done = 0",
)

VERSION_2 = (
    "CREATE TABLE used_code (code TEXT PRIMARY KEY, uses BIGINT NOT NULL, t_ns BIGINT NOT NULL)",
    """CREATE TABLE slip (
        bill TEXT PRIMARY KEY, visit TEXT NOT NULL, till TEXT NOT NULL, goods TEXT NOT NULL,
        agreed_minor BIGINT NOT NULL, left_ns BIGINT NOT NULL)""",
    "CREATE TABLE started (what TEXT PRIMARY KEY, times BIGINT NOT NULL)",
)
"""What lies beside the books: codes that were used, receipts to be printed, how often there was a start."""

VERSION_3 = (
    """CREATE TABLE open_visit (
        id TEXT PRIMARY KEY, account TEXT NOT NULL, party TEXT NOT NULL, gate TEXT NOT NULL, bill TEXT NOT NULL,
        state TEXT NOT NULL, since_ns BIGINT NOT NULL, left_ns BIGINT NOT NULL, goods TEXT NOT NULL,
        t_ns BIGINT NOT NULL)""",
    "CREATE TABLE known (key TEXT PRIMARY KEY, trait TEXT NOT NULL, handle TEXT NOT NULL, account TEXT NOT NULL, "
    "t_ns BIGINT NOT NULL)",
    """CREATE TABLE bought (
        key TEXT PRIMARY KEY, account TEXT NOT NULL, product TEXT NOT NULL, more_minor BIGINT NOT NULL,
        t_ns BIGINT NOT NULL)""",
)
"""Who is in the store, whose palms were enrolled and deleted there, and what may give a difference back."""

VERSION_4 = ("CREATE TABLE paper (visit TEXT PRIMARY KEY, body TEXT NOT NULL)",)
"""Receipts of stores without a provider that may not have been heard."""

VERSIONS: tuple[tuple[str, ...], ...] = (VERSION_1, VERSION_2, VERSION_3, VERSION_4)
"""What brings a ledger from each version to the next; the first makes an empty one."""
