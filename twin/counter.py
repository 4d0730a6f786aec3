"""All that is paid with and at: tills, their devices, phones; and what the stack orders of them."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.checkout import BalanceChange, PaymentOrder, PhoneView, Receipt, TerminalOrder
from contracts.layout import Layout
from contracts.ports import Port
from contracts.record import Record
from contracts.records import AnswerRecord, ScreenCommand
from contracts.steps import ShopperPlan
from twin.biometrics.shown import BioReaders
from twin.palm_shown import HandsShown
from twin.phone import TwinPhone
from twin.provider.codes import WalletCodes
from twin.provider.device import TwinProvider
from twin.reader import TwinPalmReader, TwinScanner, TwinScreen
from twin.terminal import TwinCardTerminal
from twin.till import TwinTill
from twin.wallet import TwinWallet


class Counter:
    """The devices of all tills, and the phones of all shoppers.

    Args:
        layout: the store.
        plans: the shoppers with what they carry.
        seed: the scenario's seed.
        bios: biometric readers that are not of palms, also those at gates.
        hands: what palm readers look at; None where a palm is a handle.
    """

    def __init__(
        self,
        layout: Layout,
        plans: Iterable[ShopperPlan],
        seed: int,
        bios: BioReaders,
        hands: HandsShown | None = None,
    ) -> None:
        tills, self._now_ns, self._hands, self.bios = layout.tills, 0, hands, bios
        self.tills = {till.id: TwinTill(till) for till in tills}
        self.scanners = {till.scanner: TwinScanner(till.scanner, seed) for till in tills if till.scanner}
        self.palms = {till.palm_reader: TwinPalmReader(till.palm_reader, seed) for till in tills if till.palm_reader}
        self.terminals = {till.terminal: TwinCardTerminal(till.terminal, seed) for till in tills if till.terminal}
        self.screens = {till.screen: TwinScreen(till.screen, seed) for till in tills if till.screen}
        codes, people = WalletCodes(), tuple(plans)
        self.provider = TwinProvider(layout.provider, seed, codes) if layout.provider else None
        self.phones = {plan.phone.id: TwinPhone(plan.phone, plan.account, seed) for plan in people if plan.phone}
        self.wallets = {plan.name: TwinWallet(plan.wallet, plan.name, seed, codes) for plan in people if plan.wallet}

    @property
    def ports(self) -> dict[str, Port]:
        """The devices by id; keys and phones are people's doing and no ports."""
        providers = {self.provider.info.id: self.provider} if self.provider else {}
        return {**self.scanners, **self.palms, **self.terminals, **self.screens, **self.bios.ports, **providers}

    def advance(self, now_ns: int) -> None:
        """Let time pass."""
        self._now_ns = now_ns
        for scanner in self.scanners.values():
            scanner.advance(now_ns)
        for palm in self.palms.values():
            palm.advance(now_ns)
        self.bios.advance(now_ns)
        for terminal in self.terminals.values():
            terminal.advance(now_ns)
        if self.provider:
            self.provider.advance(now_ns)

    def command(self, answer: AnswerRecord) -> None:
        """Carry out what concerns a till or a phone; anything else is for others."""
        if isinstance(answer, BalanceChange):
            for phone in self.phones.values():
                phone.credit(answer)
        match answer:
            case ScreenCommand(screen=screen) if screen in self.screens:
                self.screens[screen].show(answer)
            case TerminalOrder(terminal=terminal) if terminal in self.terminals:
                self.terminals[terminal].request(answer.key, answer.amount_minor, answer.currency)
            case PaymentOrder() if self.provider:
                self.provider.request(answer)
            case PhoneView(phone=named) if named in self.phones:
                self.phones[named].show(answer)
            case Receipt() | BalanceChange() if answer.till in self.tills:
                self.tills[answer.till].print(answer)
            case _:
                pass

    def show_palm(self, reader: str, handle: str, shopper: str) -> None:
        """Hold a shopper's palm over a reader, or whatever it reads; one that looks at hands is shown theirs."""
        if reader in self.bios.readers:
            self.bios.show(reader, shopper, self._now_ns)
        elif self._hands is None:
            self.palms[reader].present(handle)
        else:
            self.palms[reader].tell(self._hands.show(reader, shopper, self._now_ns))

    def knows(self, shopper: str, reader: str) -> bool:
        """Whether a shopper is enrolled with a reader now; palms only with readers that look at hands."""
        if reader in self.bios.readers:
            return self.bios.knows(shopper, reader)
        return self._hands is not None and self._hands.knows(shopper)

    @property
    def busy(self) -> bool:
        """Whether the payment provider still has something to say."""
        return self.provider is not None and self.provider.core.busy

    def read(self, until_ns: int) -> list[Record]:
        """Return the keys that were pressed and what phones sent, up to until_ns."""
        keys = [event for till in self.tills.values() for event in till.read(until_ns)]
        return [*keys, *(request for phone in self.phones.values() for request in phone.read(until_ns))]
