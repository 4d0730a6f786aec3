// Moving the cursor on the timeline by mouse and finger: sideways it scrubs, up and down the page scrolls.

const SNAP_PX = 7;

/** Let a pointer on the rows move the player; near a mark the cursor goes to it. */
export function scrubOver(rows, over, player) {
  let held = false;
  const go = (event, snaps) => {
    const { left, width } = over.getBoundingClientRect();
    const span = Math.max(1000, player.model.now);
    const ms = ((event.clientX - left) / width) * span;
    player.seek(snaps ? snapped(player.model.marks, ms, (SNAP_PX / width) * span) : ms);
  };
  rows.addEventListener("pointerdown", (event) => {
    const { left } = over.getBoundingClientRect();
    if (event.button || event.clientX < left) return;
    held = true;
    rows.setPointerCapture(event.pointerId);
    player.pause();
    go(event, true);
  });
  rows.addEventListener("pointermove", (event) => held && go(event, false));
  for (const end of ["pointerup", "pointercancel"]) rows.addEventListener(end, () => (held = false));
}

function snapped(marks, ms, most) {
  const near = marks.filter((mark) => Math.abs(mark.t - ms) <= most);
  near.sort((a, b) => Math.abs(a.t - ms) - Math.abs(b.t - ms));
  return near.length ? near[0].t : ms;
}
