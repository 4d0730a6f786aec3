"""Where enrolments lie at rest: a folder with one sealed file a handle. Keys never lie beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stack.palm.keys import Entropy, Keys
from stack.palm.record import Enrolment, masks_of
from stack.palm.sealing import NONCE_BYTES, seal, unseal

SUFFIX = ".palm"


class Vault:
    """Enrolments on disk.

    Args:
        folder: of the files; made when it is not there.
        keys: of the deployment.
        entropy: for nonces.
    """

    def __init__(self, folder: Path, keys: Keys, entropy: Entropy) -> None:
        self._folder, self._keys, self._entropy = folder, keys, entropy
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, enrolment: Enrolment) -> None:
        """Write an enrolment, whole or not at all."""
        sealed = seal(enrolment, self._keys.seal, self._entropy(NONCE_BYTES))
        beside = self._file(enrolment.handle).with_suffix(".new")
        beside.write_bytes(sealed)
        beside.replace(self._file(enrolment.handle))

    def delete(self, handle: str) -> bool:
        """Remove an enrolment; return whether there was one."""
        there = self._file(handle).exists()
        self._file(handle).unlink(missing_ok=True)
        return there

    def all(self) -> Iterator[Enrolment]:
        """Yield every enrolment, by handle.

        Raises:
            CannotOpen: a file was sealed with other keys, renamed or changed.
        """
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            yield unseal(path.stem, path.read_bytes(), self._keys.seal)

    def renew(self, keys: Keys) -> None:
        """Put everything under new keys, which makes copies under the old ones useless to link with.

        It helps while the old keys are safe. If they leaked, delete and enrol again: old copies stay readable.
        """
        before, after = masks_of(self._keys.mask), masks_of(keys.mask)
        moved = [
            Enrolment(one.handle, one.consent, tuple(before.moved(palm, after) for palm in one.palms))
            for one in self.all()
        ]
        self._keys = keys
        for enrolment in moved:
            self.keep(enrolment)

    def _file(self, handle: str) -> Path:
        return self._folder / f"{handle}{SUFFIX}"
