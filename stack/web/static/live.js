// Fetches the part of a page that is live, again and again, and counts a code's time down.
"use strict";
(() => {
  const area = document.querySelector("[data-live]");
  if (!area) return;
  const told = document.querySelector("[data-told]");
  const offline = document.querySelector("[data-offline]");
  const RETRY_MS = 2000, COUNT_MS = 250;
  let tag = "", said = "", fetchedAt = performance.now(), timer = 0;

  const now = () => area.firstElementChild;
  const number = (name) => Number(now().dataset[name] || 0);

  function again(ms) {
    clearTimeout(timer);
    timer = setTimeout(renew, ms);
  }

  async function renew() {
    if (document.hidden) return; // what nobody sees need not be fetched; coming back fetches at once
    try {
      const headers = tag ? { "If-None-Match": tag } : {};
      const answer = await fetch(area.dataset.live, { headers, credentials: "same-origin" });
      if (answer.status === 401) return void location.assign("/sign-in");
      if (answer.status !== 304) {
        if (!answer.ok) throw new Error(String(answer.status));
        show(new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild);
        tag = answer.headers.get("ETag") || "";
      }
      offline.hidden = true;
      again(number("next") || RETRY_MS);
    } catch {
      offline.hidden = false;
      again(RETRY_MS);
    }
  }

  function show(part) {
    area.replaceChildren(part);
    fetchedAt = performance.now();
    // Screen readers hear only of what changed.
    if (part.dataset.say && (part.dataset.say !== said || part.dataset.ends)) told.textContent = part.dataset.say;
    said = part.dataset.say || "";
    count();
  }

  function count() {
    const left = area.querySelector("[data-left]");
    if (!left) return;
    const ms = Math.max(0, number("ends") - (performance.now() - fetchedAt));
    left.textContent = String(Math.ceil(ms / 1000));
    area.querySelector("[data-bar]").value = ms;
    area.querySelector("[data-stale]").hidden = ms > 0;
  }

  said = now().dataset.say || "";
  setInterval(count, COUNT_MS);
  document.addEventListener("visibilitychange", () => document.hidden || renew());
  again(number("next") || RETRY_MS);
  count();
})();
