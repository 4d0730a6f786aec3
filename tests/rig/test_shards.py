"""Shares of a suite: every id is in exactly one, and stays there."""

import pytest

from contracts.errors import UsageError
from rig.shards import Shard, read_shard, shard_of

NAMES = [f"walkout/case-{i}" for i in range(500)]


def test_every_id_is_in_exactly_one_share():
    shares = [Shard(i, 5).pick(NAMES, str) for i in range(1, 6)]
    assert sorted(name for share in shares for name in share) == sorted(NAMES)
    assert all(60 < len(share) < 140 for share in shares)


def test_the_order_within_a_share_is_the_order_given():
    assert Shard(2, 3).pick(reversed(NAMES), str) == Shard(2, 3).pick(NAMES, str)[::-1]


def test_the_share_of_an_id_never_changes():
    # CI jobs of different versions share one suite: these are written down, not computed.
    assert [shard_of(name, 5) for name in ("take_one", "tests/test_a.py::test_b[x]", "größe")] == [5, 1, 1]


def test_one_share_holds_all():
    assert Shard(1, 1).pick(NAMES, str) == NAMES


@pytest.mark.parametrize("text", ["2/5", " 2 / 5 "])
def test_a_share_is_read(text):
    assert read_shard(text) == Shard(2, 5)
    assert str(read_shard(text)) == "2/5"


@pytest.mark.parametrize("text", ["", "2", "0/5", "6/5", "1/0", "-1/5", "a/b", "1/99999", "\u0662/\u0665"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(UsageError, match="not a share"):
        read_shard(text, "--rig-shard")
