"""From a bench file to a bench; all that is wrong with it is told at once."""

from __future__ import annotations

from pathlib import Path

from contracts.document import Document, raise_all, read_document
from contracts.errors import BadFile
from contracts.yamlfile import check_model
from devices.drivers.kind import NoOptions, Options
from devices.drivers.registry import Registry, load
from rig.bench.check import problems
from rig.bench.form import BenchForm, DeviceForm, ExposedForm
from rig.bench.model import BenchDevice, BenchFile, Exposed, Place
from rig.bench.options import read_options


def read(path: Path, registry: Registry | None = None) -> BenchFile:
    """Return the bench that a file describes.

    Args:
        path: the file.
        registry: drivers that it may name; None for all that are installed.

    Raises:
        BadFile: it cannot be read or says something impossible; all complaints are listed.
    """
    document = read_document(path)
    return _Reader(document, registry or load()).bench(check_model(document, BenchForm))


class _Reader:
    """Turns forms into the model and collects complaints."""

    def __init__(self, document: Document, registry: Registry) -> None:
        self._document, self._registry = document, registry
        self._problems: list[BadFile] = []

    def bench(self, form: BenchForm) -> BenchFile:
        """Return the bench, or raise all complaints."""
        folder = self._document.path.resolve().parent
        bench = BenchFile(
            path=self._document.path,
            about=form.about,
            store=form.store,
            tags=tuple(form.tags),
            listen=form.listen,
            ttl_ns=form.lease.ttl,
            tls=folder / form.tls if form.tls else None,
            place=Place(form.labgrid.place, form.labgrid.coordinator) if form.labgrid else None,
            devices=tuple(self._device(name, each, folder) for name, each in form.devices.items()),
            exposed=tuple(self._exposed(name, each) for name, each in form.exposed.items()),
            document=self._document,
        )
        raise_all([*self._problems, *problems(bench, self._registry)])
        return bench

    def _device(self, name: str, form: DeviceForm, folder: Path) -> BenchDevice:
        return BenchDevice(
            id=name,
            driver=form.driver,
            line=form.line,
            options=self._options("devices", name, form.driver, form),
            at=form.at,
            recording=folder / form.recording if form.recording else None,
            by_hand=form.by_hand,
            tags=tuple(form.tags),
        )

    def _exposed(self, name: str, form: ExposedForm) -> Exposed:
        options = self._options("exposed", name, form.emulator, form)
        return Exposed(id=name, emulator=form.emulator, line=form.line, options=options)

    def _options(self, part: str, name: str, driver: str, form: DeviceForm | ExposedForm) -> Options:
        kind = self._registry.kinds.get(driver)
        if kind is None:  # told by `problems`, once
            return NoOptions()
        found = read_options(self._document, (part, name, "options"), kind.options, form.options)
        if isinstance(found, BadFile):
            self._problems += [found, *found.also]
            return kind.options.model_construct()
        return found
