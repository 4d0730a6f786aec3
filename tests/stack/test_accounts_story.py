"""Phones come, show, wait and go in any order; the server does what a plain list of uses would do."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from contracts.clock import SECOND
from contracts.codes.token import Handle, step_at
from contracts.seeds import stream
from stack.accounts.handles import HandleBook
from stack.accounts.keys import KeyRing
from stack.accounts.reasons import Reason
from stack.accounts.replays import UsesInMemory
from stack.accounts.rotating import Accepted, Refused, RotatingCodes
from tests.contracts.drawn import steady

accounts = st.sampled_from(["ana", "ben"])


class Story(RuleBasedStateMachine):
    """The model remembers every use for ever and knows who is signed in."""

    phones: Bundle[Handle] = Bundle("phones")
    screenshots: Bundle[tuple[Handle, int, int]] = Bundle("screenshots")

    def __init__(self) -> None:
        super().__init__()
        self.uses = UsesInMemory()
        self.book = HandleBook(stream(7, "handles"))
        self.codes = RotatingCodes(KeyRing({1: bytes(32)}, 1), self.book, self.uses)
        self.now_s = 0
        self.owner: dict[str, str] = {}
        self.out: set[str] = set()
        self.admitted: dict[tuple[str, int], int] = {}
        self.keys = 1

    @rule(target=phones, account=accounts)
    def sign_in(self, account: str) -> Handle:
        phone = self.codes.sign_in(account)
        self.owner[phone.handle] = account
        return phone

    @rule(phone=phones)
    def sign_out(self, phone: Handle) -> None:
        assert self.book.revoke(phone.handle) == (phone.handle not in self.out)
        self.out.add(phone.handle)

    @rule()
    def turn_the_key(self) -> None:
        self.keys += 1
        self.codes.keys = self.codes.keys.turned(self.keys, bytes([self.keys]) * 32)

    @rule(seconds=st.integers(1, 100))
    def wait(self, seconds: int) -> None:
        self.now_s += seconds

    @rule(target=screenshots, phone=phones, off_s=st.integers(-70, 70), places=st.integers(1, 3))
    def show(self, phone: Handle, off_s: int, places: int) -> tuple[Handle, int, int]:
        shown_ns = (self.now_s + off_s) * SECOND
        self._check(phone, shown_ns, places)
        return phone, shown_ns, places

    @rule(screenshot=screenshots)
    def show_again(self, screenshot: tuple[Handle, int, int]) -> None:
        self._check(*screenshot)

    def _check(self, phone: Handle, shown_ns: int, places: int) -> None:
        now_ns = self.now_s * SECOND
        answer = self.codes.check(phone.code_at(shown_ns, places).encode(), now_ns)
        assert answer == self._expected(phone.handle, step_at(shown_ns), step_at(now_ns), places)

    @invariant()
    def little_is_remembered(self) -> None:
        assert len(self.uses) <= len(self.admitted)

    def _expected(self, handle: str, step: int, now_step: int, places: int) -> Accepted | Refused:
        if handle in self.out:
            return Refused(Reason.REVOKED)
        if not now_step - 1 <= step <= now_step + 1:
            return Refused(Reason.EXPIRED if step < now_step else Reason.EARLY)
        use = self.admitted.get((handle, step), 0) + 1
        if use > places:
            return Refused(Reason.REPLAYED)
        self.admitted[handle, step] = use
        return Accepted(self.owner[handle], handle, use, places)


Story.TestCase.settings = settings(steady, max_examples=60, stateful_step_count=30)
test_any_order_of_events = Story.TestCase
