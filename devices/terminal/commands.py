"""What a till tells a terminal, as APDUs.

Source: ZVT 13.x as read by Portalum.Zvt (MIT).
"""

from __future__ import annotations

from devices.terminal import bmp, tlv
from devices.terminal.apdu import Apdu
from devices.terminal.bcd import packed
from devices.terminal.control import Control
from devices.terminal.profile import Profile

_PERMITTED, _COMMAND = 0x26, 0x0A
ACKNOWLEDGEMENT = Apdu(Control.ACKNOWLEDGED)
ABORT = Apdu(Control.ABORT)
LOG_OFF = Apdu(Control.LOG_OFF)
STATUS_ENQUIRY = Apdu(Control.STATUS_ENQUIRY)


def registration(profile: Profile) -> Apdu:
    """Sign on: how receipts are printed, that intermediate states are wanted, and that text blocks are understood."""
    blocks = tlv.Item(_COMMAND, Control.PRINT_BLOCK.to_bytes(2, "big"))
    permitted = tlv.container([tlv.Item(_PERMITTED, tlv.joined([blocks]))])
    data = _password(profile) + bytes([profile.config_byte]) + packed(profile.currency_number, 2)
    return Apdu(Control.REGISTRATION, data + bytes([0x03, profile.service_byte, bmp.CONTAINER]) + permitted)


def authorisation(amount_minor: int) -> Apdu:
    """Take an amount from the card that is presented."""
    return Apdu(Control.AUTHORISATION, _amount(amount_minor))


def pre_authorisation(amount_minor: int) -> Apdu:
    """Hold an amount, as at the entry of a store."""
    return Apdu(Control.PRE_AUTHORISATION, _amount(amount_minor))


def partial_reversal(receipt: int, amount_minor: int) -> Apdu:
    """Take an amount out of what was held under a receipt number, and let the rest go."""
    return Apdu(Control.PARTIAL_REVERSAL, _receipt(receipt) + _amount(amount_minor))


def pre_authorisation_reversal(receipt: int) -> Apdu:
    """Let go of all that was held under a receipt number."""
    return Apdu(Control.PRE_AUTHORISATION_REVERSAL, _receipt(receipt))


def reversal(profile: Profile, receipt: int) -> Apdu:
    """Undo a payment of today."""
    return Apdu(Control.REVERSAL, _password(profile) + _receipt(receipt))


def refund(profile: Profile, amount_minor: int) -> Apdu:
    """Give an amount to the card that is presented."""
    return Apdu(Control.REFUND, _password(profile) + _amount(amount_minor))


def end_of_day(profile: Profile) -> Apdu:
    """Settle the day with the bank."""
    return Apdu(Control.END_OF_DAY, _password(profile))


def repeat_receipt(profile: Profile) -> Apdu:
    """Ask for the last transaction once more: how a till learns what became of one that it lost sight of."""
    return Apdu(Control.REPEAT_RECEIPT, _password(profile))


def _password(profile: Profile) -> bytes:
    return packed(profile.password, 3)


def _amount(amount_minor: int) -> bytes:
    return bytes([bmp.AMOUNT]) + packed(amount_minor, 6)


def _receipt(number: int) -> bytes:
    return bytes([bmp.RECEIPT]) + packed(number, 2)
