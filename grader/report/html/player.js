/* ---- stepping through a counterexample ---- */

function legend(story) {
  const items = [];
  const add = (kind, text) => items.push(element("li", {}, element("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), text));
  if (story.rows.some((row) => leftBy(row.step) !== null)) add("swatch-write", _("a write"));
  if (story.rows.some((row) => row.reads && leftBy(row.step) === null)) add("swatch-read", _("a read"));
  if (story.sections.length > 0) add("swatch-section", _("in the critical section"));
  if (story.overlap.length > 0) add("swatch-both", _("two threads inside"));
  if (story.rows.some((row) => row.switched)) add("swatch-switch", _("the processor switches threads"));
  if (story.rows.some((row) => row.stale)) add("swatch-stale", _("a stale read, from the value that it saw"));
  if (story.rows.some((row) => row.newest)) add("swatch-not", _("the newest value, which it did not see"));
  if (story.rows.some((row) => row.step.culprit)) add("swatch-culprit", _("the violation shows"));
  if (story.cycle !== null) add("swatch-cycle", _("can repeat for ever"));
  return element("ul", { class: "legend" }, items);
}

function stepTable(story) {
  const heads = [_("Step"), _("Thread"), _("What it does"), _("Memory order"), _("Where")];
  const rows = story.rows.map((row) => element("tr", { "data-step": row.number },
    element("td", {}, row.number), element("td", {}, row.thread),
    element("td", {}, describe(row).map(({ text }) => text).join(" ")),
    element("td", {}, row.step.order ?? ""), element("td", {}, placeOf(row.step))));
  const table = element("table", { class: "steps" }, element("caption", { class: "spoken" }, _("The steps of the interleaving")),
    element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)))), element("tbody", {}, rows));
  return { table, rows };
}

/* The lines around the one that the step is at. */
function excerpt(step, source) {
  if (step.line === 0 || step.file === null) return null;
  const place = [placeOf(step), step.function === null ? "" : ` ${_("in {0}()", inert(step.function))}`, step.order === null ? "" : `, memory_order_${step.order}`];
  const lines = source !== null && source.file === step.file ? sourceLines(source) : [];
  const shown = [];
  for (let line = Math.max(1, step.line - 1); line <= step.line + 1 && line <= lines.length; line++)
    shown.push(element("div", { class: line === step.line ? "line current" : "line" },
      element("span", { class: "line-number" }, line), element("code", {}, lines[line - 1].cloneNode(true))));
  return element("div", { class: "excerpt" }, element("p", { class: "place-name" }, place.join("")),
    lines.length > 0 ? element("div", { class: "code", tabindex: "0", role: "group", "aria-label": _("Source around the step") }, shown) : null);
}

function memoryList(rows, at) {
  const memory = memoryAfter(rows, at), touched = rows[at].step.variable;
  if (memory.size === 0) return element("p", { class: "memory dim" }, _("No variable is known yet."));
  return element("div", {}, element("p", { class: "place-name" }, _("Memory after this step, as far as known")), element("dl", { class: "memory" }, [...memory].map(([name, value]) =>
    element("div", { class: name === touched ? "touched" : null }, element("dt", {}, inert(name)), element("dd", {}, value)))));
}

/* A player for `check`'s counterexample. `source`: the submitted one, or null; `follow(step)` is told of each step. */
class Player {
  constructor(check, source, follow) {
    this.story = readSteps(check.counterexample);
    this.story.file = source === null ? null : source.file;
    this.source = source;
    this.follow = follow;
    this.at = 0;
    this.width = 0;
    this.drawn = null;
    this.build(check);
    this.draw(760);
    this.select(0, true);
    new ResizeObserver(() => this.draw(this.canvas.clientWidth)).observe(this.canvas);
  }

  build(check) {
    const button = (name, sign, move) =>
      element("button", { type: "button", "aria-label": name, title: name, onclick: () => this.select(move()) }, decoration(sign));
    this.counter = element("span", { class: "counter" });
    this.caption = element("div", { class: "caption", "aria-live": "polite", "aria-atomic": "true" });
    this.details = element("div", { class: "step-details" });
    this.canvas = element("div", { class: "canvas", onscroll: () => this.keepHead() });
    const { table, rows } = stepTable(this.story);
    this.tableRows = rows;
    const toolbar = element("div", { class: "toolbar", role: "group", "aria-label": _("Steps") },
      button(_("First step"), "⇤", () => 0), button(_("Step back"), "←", () => this.at - 1), this.counter,
      button(_("Step on"), "→", () => this.at + 1), button(_("Last step"), "⇥", () => this.story.rows.length - 1),
      element("span", { class: "keys" }, _("keys"), " ", ["←", "→", "Home", "End"].map((key) => [element("kbd", {}, key), " "])));
    this.node = element("div", { class: "player", tabindex: "0", role: "group", "aria-label": _("Interleaving for {0}; step with the arrow keys", check.id),
      onkeydown: (event) => this.key(event), onfocusin: () => this.follow(this.story, this.story.rows[this.at], this) },
    toolbar, element("div", { class: "now" }, this.caption, this.details), this.canvas, legend(this.story),
    element("details", { class: "as-table" }, element("summary", {}, _("The steps as a table")),
      element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Steps for {0}", check.id) }, table)));
  }

  draw(width) {
    if (width === 0 || Math.abs(width - this.width) < 2) return;
    this.width = width;
    this.drawn = drawPicture(this.story, width, (at) => this.select(at));
    this.canvas.replaceChildren(this.drawn.picture);
    this.mark();
    this.keepHead();
    this.reveal();
  }

  keepHead() {
    this.drawn.picture.querySelector(".lane-heads").setAttribute("transform", `translate(0 ${this.canvas.scrollTop})`);
  }

  key(event) {
    const moves = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0, End: this.story.rows.length - 1 };
    const scrolls = event.target.closest(".scroll, .code, input, select") !== null;
    if (!(event.key in moves) || scrolls || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.select(moves[event.key]);
  }

  select(wanted, quiet) {
    const { rows } = this.story;
    this.at = Math.max(0, Math.min(rows.length - 1, wanted));
    const row = rows[this.at];
    this.counter.textContent = `${row.number} / ${rows.length}`;
    this.caption.replaceChildren(element("p", {}, spoken(`${_("Step {0} of {1}.", row.number, rows.length)} `),
      describe(row).map(({ kind, text }) => [element("span", { class: kind }, text), " "])));
    this.details.replaceChildren(...[excerpt(row.step, this.source), memoryList(rows, this.at)].filter(Boolean));
    this.mark();
    if (quiet) return;
    this.reveal();
    this.follow(this.story, row, this);
  }

  mark() {
    for (const row of this.drawn.picture.querySelectorAll(".row"))
      row.classList.toggle("current", Number(row.dataset.step) === this.at + 1);
    this.tableRows.forEach((row, at) => at === this.at ? row.setAttribute("aria-current", "step") : row.removeAttribute("aria-current"));
  }

  /* Scrolls within the picture only, never the page. */
  reveal() {
    const { layout } = this.drawn, y = layout.y[this.at], { canvas } = this;
    const top = canvas.scrollTop + PICTURE.head + PICTURE.row, bottom = canvas.scrollTop + canvas.clientHeight - PICTURE.row;
    if (y < top) canvas.scrollTop = y - PICTURE.head - PICTURE.row;
    else if (y > bottom) canvas.scrollTop = y - canvas.clientHeight + PICTURE.row;
    const x = layout.left + this.story.rows[this.at].thread * layout.lane;
    if (x < canvas.scrollLeft || x + layout.lane > canvas.scrollLeft + canvas.clientWidth)
      canvas.scrollLeft = Math.max(0, x - PICTURE.axis);
  }
}
