// Following a run while it goes on.
import { byId } from "./make.js";

const DRAW_MS = 300;

/** Take batches from a server until the run is over; the page stays as it is when the server has gone. */
export function followRun(address, model, player, built) {
  const source = new EventSource(address);
  const badge = byId("live");
  let waiting = 0;
  badge.hidden = false;
  player.follow();
  const redraw = () => {
    waiting = 0;
    built();
    if (player.following) player.grow();
    else player.goTo(player.ms);
  };
  source.addEventListener("message", (event) => {
    model.add(JSON.parse(event.data));
    waiting ||= setTimeout(redraw, DRAW_MS);
  });
  source.addEventListener("error", () => (badge.textContent = "No connection"));
  source.addEventListener("open", () => (badge.textContent = "Live"));
  source.addEventListener("over", () => {
    source.close();
    clearTimeout(waiting);
    badge.hidden = true;
    built();
    // Whoever followed is taken to what went wrong; whoever looks at something else stays there.
    const wrong = player.following && model.end?.outcome !== "pass" && model.end?.opens;
    player.seek(wrong || player.ms);
  });
}
