"""How the bodies of `fixtures/people` are made; run `ci/make_people.py`."""
