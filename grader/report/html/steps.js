/* ---- a counterexample, read ----
 * Rows are the steps that tell a reader something, in the order in which they happened. */

const WRITES = new Set(["store", "write"]);
const READS = new Set(["load", "read", "exchange", "fetch", "compare-exchange", "compare-exchange-failed"]);
const OUTER = new Set(["call", "enter", "enter-shared", "leave", "finished", "return"]);

function isAccess(step) {
  return WRITES.has(step.op) || READS.has(step.op);
}

/* What a write left behind; null: not a write, or unknown. */
function leftBy(step) {
  if (WRITES.has(step.op)) return step.stored ?? step.value;
  return READS.has(step.op) && step.op !== "compare-exchange-failed" ? step.stored : null;
}

/* Its value, what it stored, or the newest, as a reader expects it. */
function valueWords(step, which) {
  const name = step[`${which}_name`] ?? null;
  return name === null ? number(step[which]) : inert(name);
}

/* The same of what a write left behind. */
function leftWords(step) {
  return valueWords(step, WRITES.has(step.op) && step.stored === null ? "value" : "stored");
}

function readSteps(counterexample) {
  const rows = [];
  const rowOfStep = counterexample.steps.map((step) => {
    if (step.op === "request" || (step.op === "return" && step.note === null && !step.culprit)) return rows.length;
    rows.push({ step, number: rows.length + 1, thread: step.thread });
    return rows.length - 1;
  });
  rowOfStep.push(rows.length);
  const story = {
    counterexample,
    rows,
    threads: Math.max(...rows.map((row) => row.thread)) + 1,
    cycle: null,
    calls: spans(counterexample.steps, rowOfStep, rows, "call", "return"),
    sections: sections(rows),
  };
  if (counterexample.cycle_end > counterexample.cycle_begin)
    story.cycle = { first: rowOfStep[counterexample.cycle_begin], last: rowOfStep[counterexample.cycle_end] - 1 };
  rows.forEach((row, at) => Object.assign(row, { story, switched: at > 0 && rows[at - 1].thread !== row.thread }));
  rows.forEach((row, at) => findOrigin(rows, at));
  story.overlap = overlaps(story.sections, rows.length);
  return story;
}

/* From each call to its return, or to the end: { thread, first, last, open }. */
function spans(steps, rowOfStep, rows, opening, closing) {
  const found = [], open = new Map();
  steps.forEach((step, index) => {
    if (step.op === opening) {
      const span = { thread: step.thread, first: rowOfStep[index], last: rows.length - 1, open: true };
      found.push(span);
      open.set(step.thread, span);
    } else if (step.op === closing && open.has(step.thread)) {
      const span = open.get(step.thread);
      span.last = lastRowOf(rows, step.thread, rowOfStep[index] - 1);
      span.open = false;
      open.delete(step.thread);
    }
  });
  return found.filter((span) => span.last >= span.first);
}

function lastRowOf(rows, thread, at) {
  while (at > 0 && rows[at].thread !== thread) at--;
  return at;
}

/* Where each thread is in a critical section. */
function sections(rows) {
  const found = [], open = new Map();
  rows.forEach(({ step }, at) => {
    const key = `${step.thread} ${step.value}`;
    if (step.op === "enter" || step.op === "enter-shared") {
      const bar = { thread: step.thread, section: step.value, shared: step.op === "enter-shared", first: at };
      found.push(Object.assign(bar, { last: rows.length - 1, open: true }));
      open.set(key, bar);
    } else if (step.op === "leave" && open.has(key)) {
      Object.assign(open.get(key), { last: at, open: false });
      open.delete(key);
    }
  });
  return found;
}

/* The rows at which two threads are in the same section that is for one: { first, last }. */
function overlaps(bars) {
  const found = [];
  bars.forEach((one, index) => {
    for (const other of bars.slice(index + 1)) {
      if (one.thread === other.thread || one.section !== other.section || (one.shared && other.shared)) continue;
      const first = Math.max(one.first, other.first);
      const last = Math.min(one.last - (one.open ? 0 : 1), other.last - (other.open ? 0 : 1));
      if (first <= last) found.push({ first, last });
    }
  });
  return found;
}

/* row.origin: the row whose store it read, null: what was there before. row.newest: a stale read's, the store that it
 * did not see. The latest that fits is taken. */
function findOrigin(rows, at) {
  const row = rows[at], { step } = row;
  row.reads = READS.has(step.op) && step.variable !== null && step.value !== null;
  row.stale = row.reads && step.newest !== null;
  row.origin = row.newest = null;
  if (!row.reads) return;
  const writers = rows.slice(0, at).filter(({ step: other }) =>
    other.variable === step.variable && leftBy(other) !== null && leftBy(other) !== undefined);
  if (row.stale) {
    row.newest = writers.findLast(({ step: other }) =>
      other.thread === step.newest_thread && leftBy(other) === step.newest) ?? null;
    row.origin = writers.findLast((other) => other !== row.newest && leftBy(other.step) === step.value) ?? null;
  } else {
    const latest = writers.at(-1);
    row.origin = latest !== undefined && leftBy(latest.step) === step.value ? latest : null;
  }
}

/* ---- in words ---- */

function writerName(thread, story) {
  return thread < story.threads ? _("thread {0}", thread) : _("the set-up");
}

/* "pthread_mutex_lock(lock->mutex)" in a narrow lane, where it has to be told from its unlocking. */
function brief(note) {
  return note.replace(/^pthread_(mutex_|cond_|rwlock_|spin_)?/, "").replace(/\b\w\w+->/g, "");
}

/* What those who are inside do, of kinds of plugin that are no locks. */
function hasOwnWords(step) {
  return step.note !== null && ["enter", "enter-shared", "leave"].includes(step.op);
}

/* "lock->flag[0] ← 1". `short`: without the object's name, for a narrow lane. */
function label(row, short) {
  const { step } = row;
  let name = inert(step.variable ?? _("memory"));
  if (short) name = name.replace(/^\w+->/, "");
  let text = "";
  if (step.op === "call") text = `${inert(step.variable ?? "")}(${inert(step.note ?? "")})`;
  else if (step.op === "return") text = step.note === null ? _("{0}() returns", name) : `${name}() → ${inert(step.note)}`;
  else if (hasOwnWords(step)) text = inert(step.note);
  else if (step.op === "enter") text = short ? _("inside") : _("in the critical section");
  else if (step.op === "enter-shared") text = _("inside, shared");
  else if (step.op === "leave") text = short ? _("leaves") : _("leaves the critical section");
  else if (step.op === "finished") text = _("done");
  else if (step.op === "fence") text = _("fence");
  else if (step.op === "waits") text = short ? _("waits") : _("waits for what does not come");
  else if (WRITES.has(step.op) && !(step.value !== null && step.stored !== null)) {
    const left = leftBy(step);
    text = left === null ? _("{0} is written", name) : `${name} ← ${leftWords(step)}`;
  } else if (READS.has(step.op) || WRITES.has(step.op)) {
    if (step.stored !== null) text = `${name}: ${valueWords(step, "value")} → ${valueWords(step, "stored")}`;
    else text = step.value === null ? _("{0} is read", name) : `${name} → ${valueWords(step, "value")}`;
    if (step.op === "compare-exchange-failed") text += ` ${_("(not exchanged)")}`;
  }
  // What it waits in is told by the step before.
  const noted = step.note !== null && step.op !== "call" && step.op !== "return" && !hasOwnWords(step) && !(short && step.op === "waits");
  if (noted) text += (text === "" ? "" : "  ") + inert(short ? brief(step.note) : step.note);
  if (step.repeat > 1) text += `  ${_("spins {0} ×", step.repeat)}`;
  return text;
}

function action(row) {
  const { step } = row, name = inert(step.variable ?? _("memory"));
  if (step.op === "call") return _("calls {0}()", name);
  if (step.op === "return") return _("comes back from {0}()", name);
  if (hasOwnWords(step)) return inert(step.note);
  if (step.op === "enter") return _("enters the critical section");
  if (step.op === "enter-shared") return _("enters, sharing with others");
  if (step.op === "leave") return _("leaves the critical section");
  if (step.op === "finished") return _("is done");
  if (step.op === "waits") return _("waits for what does not come");
  if (step.op === "fence") return _("passes a fence");
  if (step.op === "library") return _("calls the library");
  if (WRITES.has(step.op)) return leftBy(step) === null ? _("writes {0}", name) : _("writes {0} to {1}", leftWords(step), name);
  if (!READS.has(step.op)) return "";
  if (step.op === "compare-exchange-failed") return _("finds {0} in {1}, and does not exchange it", valueWords(step, "value"), name);
  if (step.stored !== null) return _("changes {0} from {1} to {2}", name, valueWords(step, "value"), valueWords(step, "stored"));
  return step.value === null ? _("reads {0}", name) : _("reads {0} from {1}", valueWords(step, "value"), name);
}

/* One sentence and more on a row, also for a screen reader: [{ kind, text }]. */
function describe(row) {
  const { step, story } = row, said = [];
  let text = (row.switched ? _("Now thread {0} {1}", row.thread, action(row)) : _("Thread {0} {1}", row.thread, action(row))).trimEnd();
  if (step.note !== null) text += (action(row) === "" ? ": " : ", ") + inert(step.note);
  if (step.repeat > 1) text += _(", {0} times round a loop", step.repeat);
  said.push({ kind: "what", text: `${text}.` });
  if (row.stale) {
    const from = row.origin === null ? _("the value from before the first step") : _("the store of step {0}", row.origin.number);
    const newest = row.newest === null ? _("{0} wrote {1}", writerName(step.newest_thread, story), valueWords(step, "newest"))
      : _("{0} wrote {1} in step {2}", writerName(step.newest_thread, story), valueWords(step, "newest"), row.newest.number);
    said.push({ kind: "stale", text: _("A stale read: it sees {0}, although {1}. C11 allows that here.", from, newest) });
  }
  const at = story.rows.indexOf(row);
  if (step.op !== "leave" && story.overlap.some((both) => both.first <= at && at <= both.last))
    said.push({ kind: "bad", text: _("Two threads are in the critical section.") });
  if (step.culprit) said.push({ kind: "bad", text: _("Here the violation shows.") });
  if (story.cycle !== null && at === story.cycle.first)
    said.push({ kind: "cycle", text: _("From here to step {0} it can repeat for ever.", story.cycle.last + 1) });
  return said;
}

function placeOf(step) {
  return step.file === null || step.line === 0 ? "" : `${inert(step.file)}:${step.line}`;
}

/* The value of each variable that is known after row `at`: Map of name → value, in words. */
function memoryAfter(rows, at) {
  const memory = new Map();
  for (const { step, stale } of rows.slice(0, at + 1)) {
    if (step.variable === null || !isAccess(step)) continue;
    const left = leftBy(step);
    if (left !== null && left !== undefined) memory.set(step.variable, leftWords(step));
    else if (step.value !== null && !stale) memory.set(step.variable, valueWords(step, "value"));
  }
  return memory;
}
