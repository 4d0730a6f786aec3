"""From pictures of boards, or from depth, to where a store's cameras truly hang."""
