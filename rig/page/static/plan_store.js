// What stands still on the floor plan.
import { draw } from "./make.js";

const flip = ([x, y]) => `${x},${-y}`;

/** Return the shapes of a store; lines of gates are also put into `gates` by id. */
export function storeShapes(store, gates) {
  const [x0, y0, x1, y1] = store.inside;
  const floor = draw("rect", { class: "floor", x: x0, y: -y1, width: x1 - x0, height: y1 - y0 });
  const walls = store.walls.map(([ax, ay, bx, by]) => draw("line", { class: "wall", x1: ax, y1: -ay, x2: bx, y2: -by }));
  return [floor, ...store.gondolas.flatMap(rack), ...walls, ...store.tills.flatMap(till), ...store.gates.flatMap((gate) => gateShapes(gate, gates))];
}

function rack({ id, at }) {
  const [x, y] = [0, 1].map((axis) => at.reduce((sum, point) => sum + point[axis], 0) / at.length);
  const front = draw("line", { class: "front", x1: at[0][0], y1: -at[0][1], x2: at[1][0], y2: -at[1][1] });
  const name = draw("text", { class: "rack-name", x, y: -y }, id.replace("gondola-", ""));
  return [draw("polygon", { class: "rack", points: at.map(flip).join(" ") }, draw("title", {}, id)), front, name];
}

function till({ id, at: [x, y] }) {
  const box = draw("rect", { class: "till", x: x - 22, y: -y - 22, width: 44, height: 44, rx: 6 }, draw("title", {}, id));
  return [box, draw("text", { class: "rack-name", x, y: -y }, id)];
}

function gateShapes({ id, at, blocks }, gates) {
  const [[ax, ay], [bx, by]] = at;
  const line = draw("line", { class: blocks ? "gate" : "gate beam", x1: ax, y1: -ay, x2: bx, y2: -by }, draw("title", {}, id));
  gates[id] = line;
  return [line, draw("text", { class: "gate-name", x: (ax + bx) / 2, y: -(ay + by) / 2 }, id.replace("gate-", ""))];
}

/** Return a small eye for each camera, turned where it looks. */
export function cameraSigns(store) {
  return store.cameras.map(({ id, at: [x, y], looks: [dx, dy] }) => {
    const flat = Math.hypot(dx, dy);
    const wedge = flat > 0.2 ? "M0 0 22 -11 22 11z" : "M-8 -8h16v16h-16z";
    const turn = (Math.atan2(-dy, dx) * 180) / Math.PI;
    const shape = draw("path", { class: "eye", d: wedge, transform: `translate(${x} ${-y}) rotate(${turn})` });
    shape.append(draw("title", {}, id));
    return shape;
  });
}
