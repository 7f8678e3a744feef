/* ---- the interleaving as a picture ----
 * Time runs down; a lane per thread, with a rail on which its steps are dots. Critical sections are bars on the rail, a
 * switch of context crosses between the rails, and a stale read's arrow comes from the store that was read. */

const PICTURE = {
  head: 36, row: 27, gap: 12, foot: 14, axis: 38, loop: 24, gutter: 32, gutterNarrow: 28, text: 15,
  laneLeast: 132, laneNarrow: 270, character: 7.25, characterNarrow: 6.65, line: 14,
};

function layOut(story, width) {
  const fromBefore = story.rows.some((row) => row.stale && row.origin === null);
  const left = PICTURE.axis + (story.cycle === null ? 0 : PICTURE.loop);
  const lane = Math.max(PICTURE.laneLeast, Math.floor((width - left) / story.threads));
  const narrow = lane < PICTURE.laneNarrow;
  const layout = { left, lane, narrow, y: [], width: left + lane * story.threads, before: PICTURE.head + 8 };
  const gutter = narrow ? PICTURE.gutterNarrow : PICTURE.gutter;
  layout.rail = (thread) => left + thread * lane + gutter;
  layout.characters = Math.floor((lane - gutter - PICTURE.text - 6) /
    (narrow ? PICTURE.characterNarrow : PICTURE.character));
  layout.labels = story.rows.map((row) => broken(label(row, narrow), layout.characters));
  layout.below = (at) => PICTURE.row / 2 + (layout.labels[at].length - 1) * PICTURE.line;
  let y = PICTURE.head + (fromBefore ? PICTURE.row : 0);
  story.rows.forEach((row, at) => {
    y += PICTURE.row / 2 + (row.switched ? PICTURE.gap : 0);
    layout.y.push(y);
    y += layout.below(at);
  });
  layout.height = y + PICTURE.foot;
  return layout;
}

function drawLanes(story, layout) {
  const group = drawing("g", { class: "lanes" });
  for (let thread = 0; thread < story.threads; thread++) {
    const x = layout.rail(thread), edge = layout.left + thread * layout.lane;
    group.append(
      drawing("line", { class: "lane-edge", x1: edge, x2: edge, y1: 0, y2: layout.height }),
      drawing("line", { class: "rail", x1: x, x2: x, y1: PICTURE.head, y2: layout.height - 4 }));
  }
  return group;
}

/* Stays in sight while the picture is scrolled. */
function drawHead(story, layout) {
  const group = drawing("g", { class: "lane-heads" },
    drawing("rect", { class: "lane-heads-ground", width: layout.width, height: PICTURE.head - 4 }),
    drawing("text", { class: "axis-name", x: 4, y: 21 }, _("step")));
  for (let thread = 0; thread < story.threads; thread++)
    group.append(
      drawing("circle", { class: `dot-full t${thread % 8}`, cx: layout.rail(thread), cy: 17, r: 5 }),
      drawing("text", { class: `lane-name t${thread % 8}`, x: layout.rail(thread) + PICTURE.text, y: 21 }, _("thread {0}", thread)));
  return group;
}

/* Rectangles over the rows first to last of a rail: half a row more where they do not end. */
function railBar(layout, span, half, attributes) {
  const top = layout.y[span.first] - 9;
  const bottom = span.open ? layout.height - 4 : layout.y[span.last] + 9;
  const x = layout.rail(span.thread) - half;
  return drawing("rect", { x, y: top, width: 2 * half, height: bottom - top, rx: half, ...attributes });
}

function drawBars(story, layout) {
  const group = drawing("g");
  for (const { first, last } of story.overlap) {
    const top = layout.y[first] - PICTURE.row / 2;
    group.append(drawing("rect", { class: "both-inside", x: layout.left, width: layout.width - layout.left, y: top,
      height: (last === story.rows.length - 1 ? layout.height - 2 : layout.y[last] + layout.below(last)) - top }));
  }
  for (const call of story.calls) group.append(railBar(layout, call, 2.5, { class: `call t${call.thread % 8}` }));
  for (const bar of story.sections) {
    const kind = bar.shared ? "section shared" : "section";
    group.append(railBar(layout, bar, 8, { class: `${kind} t${bar.thread % 8}` }));
  }
  return group;
}

function drawSwitches(story, layout) {
  const group = drawing("g");
  story.rows.forEach((row, at) => {
    if (!row.switched) return;
    const from = layout.rail(story.rows[at - 1].thread), to = layout.rail(row.thread);
    const middle = layout.y[at] - (PICTURE.row + PICTURE.gap) / 2;
    group.append(drawing("path", { class: "switch",
      d: `M${from} ${layout.y[at - 1] + 6}V${middle}H${to}V${layout.y[at] - 7}` }));
  });
  return group;
}

/* From the store's row to the load's, down the gutter beside the lane that lies to the right of the way. What was not seen
 * stops short of the load, and takes a track of its own. */
function arrowPath(layout, origin, at, row, seen) {
  const to = layout.rail(row.thread), shift = seen ? 0 : 6;
  const y0 = origin === null ? layout.before + 8 : layout.y[origin.number - 1];
  const y1 = layout.y[at];
  const from = origin === null ? to : layout.rail(origin.thread);
  if (from === to) {
    const gutter = to - 14 - shift;
    const begin = origin === null ? `M${gutter} ${y0}` : `M${to - 7} ${y0}H${gutter + 4}Q${gutter} ${y0} ${gutter} ${y0 + 4}`;
    return begin + (seen ? `V${y1 - 4}Q${gutter} ${y1} ${gutter + 4} ${y1}H${to - 10}` : `V${y1 - 7}`);
  }
  const rightwards = to > from;
  const gutter = (rightwards ? to : layout.rail(row.thread + 1)) - 14 - shift;
  const start = rightwards ? layout.textEnd(origin.number - 1) + 4 : from - 7;
  const end = rightwards ? to - 10 : layout.textEnd(at) + 6;
  const turn = start < gutter ? 4 : -4;
  const out = end > gutter ? 4 : -4;
  const begin = Math.abs(gutter - start) < 6 ? `M${gutter} ${y0 + 4}` : `M${start} ${y0}H${gutter - turn}Q${gutter} ${y0} ${gutter} ${y0 + 4}`;
  return !seen ? `${begin}V${y1 - 7}` : `${begin}V${y1 - 4}Q${gutter} ${y1} ${gutter + out} ${y1}H${end}`;
}

function drawArrows(story, layout, marker) {
  const group = drawing("g");
  story.rows.forEach((row, at) => {
    if (!row.stale) return;
    group.append(drawing("path", { class: "read-from", d: arrowPath(layout, row.origin, at, row, true), "marker-end": `url(#${marker})` }));
    if (row.origin === null) {
      const x = layout.rail(row.thread) - 18;
      group.append(drawing("text", { class: "tag stale", x, y: layout.before + 4 }, _("before: {0}", valueWords(row.step, "value"))));
    }
    if (row.newest !== null)
      group.append(drawing("path", { class: "not-seen", d: arrowPath(layout, row.newest, at, row, false), "marker-end": `url(#${marker}-not)` }));
  });
  return group;
}

function drawCross(x, y, r) {
  return drawing("g", { class: "cross" }, drawing("circle", { cx: x, cy: y, r: r + 3 }),
    drawing("path", { d: `M${x - r} ${y - r}L${x + r} ${y + r}M${x + r} ${y - r}L${x - r} ${y + r}` }));
}

function drawDot(row, x, y) {
  const kind = `t${row.thread % 8}`;
  if (row.step.culprit) return drawCross(x, y, 4.5);
  if (row.step.op === "call" || row.step.op === "finished")
    return drawing("rect", { class: `dot-full ${kind}`, x: x - 4, y: y - 4, width: 8, height: 8, rx: 1.5 });
  if (row.step.op === "leave" || row.step.op.startsWith("enter")) return drawing("circle", { class: `dot-full ${kind}`, cx: x, cy: y, r: 3 });
  const writes = leftBy(row.step) !== null && leftBy(row.step) !== undefined;
  return drawing("circle", { class: `${writes ? "dot-full" : "dot-hollow"} ${kind}`, cx: x, cy: y, r: 5 });
}

/* Letters that are twice as wide as others: Hangul and what else East Asian scripts need. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/;

function columnsOf(text) {
  return [...text].reduce((columns, letter) => columns + (WIDE.test(letter) ? 2 : 1), 0);
}

/* The text in lines of so many columns: broken after spaces and signs where it can be, anywhere where not. */
function broken(text, columns) {
  const lines = [""];
  for (const piece of text.match(/[^\s(,>.]*[\s(,>.]*/g)) {
    if (lines.at(-1) !== "" && columnsOf((lines.at(-1) + piece).trimEnd()) > columns) lines.push("");
    for (const letter of piece) {
      if (columnsOf((lines.at(-1) + letter).trimEnd()) > columns) lines.push("");
      lines[lines.length - 1] += letter;
    }
  }
  return lines.map((line) => line.trim()).filter((line, at) => line !== "" || at === 0);
}

function lineOf(step, story) {
  if (step.line === 0 || step.file === null || OUTER.has(step.op)) return "";
  return story.file === null || step.file === story.file ? _("line {0}", step.line) : placeOf(step);
}

/* The place stands at the right end of the lane, if there is room. */
function placeIn(story, layout, at) {
  const place = lineOf(story.rows[at].step, story), lines = layout.labels[at];
  return lines.length === 1 && columnsOf(lines[0]) + columnsOf(place) + 3 <= layout.characters ? place : "";
}

function drawRow(story, layout, at, select) {
  const row = story.rows[at], y = layout.y[at], x = layout.rail(row.thread);
  const place = placeIn(story, layout, at), left = x + PICTURE.text;
  const lines = layout.labels[at].map((line, n) => n === 0 ? line : drawing("tspan", { x: left, dy: PICTURE.line }, line));
  const classes = ["row", row.step.culprit ? "culprit" : "", OUTER.has(row.step.op) ? "outer" : "", row.stale ? "stale" : ""];
  const group = drawing("g", { class: classes.join(" ").trim(), "data-step": row.number, onclick: () => select(at) },
    drawing("rect", { class: "row-ground", x: layout.left - PICTURE.axis, y: y - PICTURE.row / 2, width: layout.width - layout.left + PICTURE.axis, height: PICTURE.row / 2 + layout.below(at) }),
    drawing("text", { class: "axis-number", x: layout.left - 10, y: y + 4 }, row.number),
    drawDot(row, x, y),
    drawing("text", { class: "label", x: left, y: y + 4 }, ...lines));
  if (place !== "")
    group.append(drawing("text", { class: "place", x: layout.left + (row.thread + 1) * layout.lane - 10, y: y + 4 }, place));
  return group;
}

function drawCycle(story, layout, marker) {
  if (story.cycle === null) return null;
  const x = 12, top = layout.y[story.cycle.first], bottom = layout.y[story.cycle.last];
  return drawing("g", {},
    drawing("path", { class: "cycle", d: `M${x + 12} ${bottom}H${x + 6}Q${x} ${bottom} ${x} ${bottom - 6}V${top + 6}Q${x} ${top} ${x + 6} ${top}H${x + 11}`,
      "marker-end": `url(#${marker}-cycle)` }),
    drawing("text", { class: "tag cycle-name", transform: `translate(${x - 4} ${(top + bottom) / 2}) rotate(-90)` }, _("for ever")));
}

function drawMarkers(name) {
  const tip = (suffix, kind, d) => drawing("marker", { id: name + suffix, class: kind, viewBox: "0 0 10 10", refX: 8, refY: 5,
    markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" }, drawing("path", { d }));
  return drawing("defs", {}, tip("", "tip-read", "M0 0L10 5L0 10z"), tip("-not", "tip-not", "M6 0L9 0L9 10L6 10z"),
    tip("-cycle", "tip-cycle", "M0 0L10 5L0 10z"));
}

let picturesDrawn = 0;

/* A new <svg> of that width; `select(at)` is called when a row is clicked. */
function drawPicture(story, width, select) {
  const layout = layOut(story, width), marker = `tip${picturesDrawn++}`;
  const size = layout.narrow ? PICTURE.characterNarrow : PICTURE.character;
  layout.textEnd = (at) => placeIn(story, layout, at) !== "" ? layout.left + (story.rows[at].thread + 1) * layout.lane - 10
    : layout.rail(story.rows[at].thread) + PICTURE.text + columnsOf(layout.labels[at][0]) * size;
  const threads = n_("{0} thread", "{0} threads", story.threads), steps = n_("{0} step", "{0} steps", story.rows.length);
  const picture = drawing("svg", {
    class: layout.narrow ? "picture narrow" : "picture", role: "img", width: layout.width, height: layout.height,
    viewBox: `0 0 ${layout.width} ${layout.height}`,
    "aria-label": _("The interleaving of {0} in {1}. The table of the steps below says the same.", threads, steps),
  }, drawMarkers(marker), drawLanes(story, layout), drawBars(story, layout), drawSwitches(story, layout),
    story.rows.map((row, at) => drawRow(story, layout, at, select)), drawArrows(story, layout, marker),
    drawCycle(story, layout, marker), drawHead(story, layout));
  return { picture, layout };
}
