// The keyboard: arrows, space, home and end, next and previous event.

const STEP_MS = 100;
const STRIDE_MS = 1000;

const ACTIONS = {
  ArrowLeft: (player, event) => player.by(event.shiftKey ? -STRIDE_MS : -STEP_MS),
  ArrowRight: (player, event) => player.by(event.shiftKey ? STRIDE_MS : STEP_MS),
  PageUp: (player) => player.by(-STRIDE_MS),
  PageDown: (player) => player.by(STRIDE_MS),
  Home: (player) => player.seek(0),
  End: (player) => player.seek(player.model.now),
  n: (player) => player.step(1),
  p: (player) => player.step(-1),
  " ": (player) => player.toggle(),
};

/** Let keys move the player, but where an element has a use of its own for them. */
export function listenToKeys(player) {
  document.addEventListener("keydown", (event) => {
    const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
    event.preventDefault();
    action(player, event);
  });
}

function isTaken(event) {
  const { target, key } = event;
  if (target.closest("select, textarea, [contenteditable]")) return true;
  const paged = key === "PageUp" || key === "PageDown";
  return (key === " " && target.closest("button, a, summary")) || (paged && !target.closest("input, .lanes"));
}
