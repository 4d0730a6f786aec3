// Reads a product's bar code with the phone's camera, where the browser can, and asks for its price.
"use strict";
(async () => {
  const by = (name) => document.querySelector(`[data-${name}]`);
  const form = by("price"), open = by("open"), close = by("close"), view = by("view"), told = by("told");
  const WANTED = ["ean_13", "ean_8", "upc_a", "upc_e"], EVERY_MS = 150;
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const able = await BarcodeDetector.getSupportedFormats().catch(() => []);
  const formats = WANTED.filter((format) => able.includes(format));
  if (!formats.length) return;
  const detector = new BarcodeDetector({ formats });
  let stream = null;

  by("no-camera").hidden = true;
  open.hidden = false;

  async function start() {
    by("refused").hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch {
      by("refused").hidden = false;
      return;
    }
    view.srcObject = stream;
    await view.play();
    view.hidden = close.hidden = false;
    open.hidden = true;
    close.focus();
    told.textContent = told.dataset.looking;
    look();
  }

  function stop() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = view.srcObject = null;
    view.hidden = close.hidden = true;
    open.hidden = false;
    told.textContent = "";
  }

  async function look() {
    while (stream) {
      const found = await detector.detect(view).catch(() => []);
      if (stream && found.length) {
        stop();
        form.elements.gtin.value = found[0].rawValue;
        form.requestSubmit();
        return;
      }
      await new Promise((done) => setTimeout(done, EVERY_MS));
    }
  }

  open.addEventListener("click", start);
  close.addEventListener("click", () => { stop(); open.focus(); });
  addEventListener("pagehide", stop);
})();
