/* ---- a counterexample, read ----
 * Rows are the steps that tell a reader something, in the order in which they happened. */

const WRITES = new Set(["store", "write"]);
const READS = new Set(["load", "read", "exchange", "fetch", "compare-exchange", "compare-exchange-failed"]);
const OUTER = new Set(["call", "enter", "enter-shared", "leave", "finished"]);

function isAccess(step) {
  return WRITES.has(step.op) || READS.has(step.op);
}

/* What a write left behind; null: not a write, or unknown. */
function leftBy(step) {
  if (WRITES.has(step.op)) return step.stored ?? step.value;
  return READS.has(step.op) && step.op !== "compare-exchange-failed" ? step.stored : null;
}

function readSteps(counterexample) {
  const rows = [];
  const rowOfStep = counterexample.steps.map((step) => {
    if (step.op === "return" || step.op === "request") return rows.length;
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
  return thread < story.threads ? `thread ${thread}` : "the set-up";
}

/* "lock->flag[0] ← 1". `short`: without the object's name, for a narrow lane. */
function label(row, short) {
  const { step } = row;
  let name = inert(step.variable ?? "memory");
  if (short) name = name.replace(/^\w+->/, "");
  let text = "";
  if (step.op === "call") text = `${inert(step.variable ?? "")}()`;
  else if (step.op === "enter") text = short ? "inside" : "in the critical section";
  else if (step.op === "enter-shared") text = "inside, shared";
  else if (step.op === "leave") text = short ? "leaves" : "leaves the critical section";
  else if (step.op === "finished") text = "done";
  else if (step.op === "fence") text = "fence";
  else if (step.op === "waits") text = short ? "waits" : "waits for what does not come";
  else if (WRITES.has(step.op)) {
    const left = leftBy(step);
    text = left === null ? `${name} is written` : `${name} ← ${number(left)}`;
  } else if (READS.has(step.op)) {
    if (step.stored !== null) text = `${name}: ${number(step.value)} → ${number(step.stored)}`;
    else text = step.value === null ? `${name} is read` : `${name} → ${number(step.value)}`;
    if (step.op === "compare-exchange-failed") text += " (not exchanged)";
  }
  if (step.note !== null) text += (text === "" ? "" : "  ") + inert(step.note);
  if (step.repeat > 1) text += `  spins ${step.repeat} ×`;
  return text;
}

function action(row) {
  const { step } = row, name = inert(step.variable ?? "memory");
  if (step.op === "call") return `calls ${name}()`;
  if (step.op === "enter") return "enters the critical section";
  if (step.op === "enter-shared") return "enters, sharing with others";
  if (step.op === "leave") return "leaves the critical section";
  if (step.op === "finished") return "is done";
  if (step.op === "waits") return "waits for what does not come";
  if (step.op === "fence") return "passes a fence";
  if (step.op === "library") return "calls the library";
  if (WRITES.has(step.op)) return leftBy(step) === null ? `writes ${name}` : `writes ${number(leftBy(step))} to ${name}`;
  if (!READS.has(step.op)) return "";
  if (step.op === "compare-exchange-failed") return `finds ${number(step.value)} in ${name}, and does not exchange it`;
  if (step.stored !== null) return `changes ${name} from ${number(step.value)} to ${number(step.stored)}`;
  return step.value === null ? `reads ${name}` : `reads ${number(step.value)} from ${name}`;
}

/* One sentence and more on a row, also for a screen reader: [{ kind, text }]. */
function describe(row) {
  const { step, story } = row, said = [];
  let text = `${row.switched ? "Now thread" : "Thread"} ${row.thread} ${action(row)}`.trimEnd();
  if (step.note !== null) text += (action(row) === "" ? ": " : ", ") + inert(step.note);
  if (step.repeat > 1) text += `, ${step.repeat} times round a loop`;
  said.push({ kind: "what", text: `${text}.` });
  if (row.stale) {
    const from = row.origin === null ? "the value from before the first step" : `the store of step ${row.origin.number}`;
    const newest = `${writerName(step.newest_thread, story)} wrote ${number(step.newest)}`;
    const at = row.newest === null ? "" : ` in step ${row.newest.number}`;
    said.push({ kind: "stale", text: `A stale read: it sees ${from}, although ${newest}${at}. C11 allows that here.` });
  }
  const at = story.rows.indexOf(row);
  if (step.op !== "leave" && story.overlap.some((both) => both.first <= at && at <= both.last))
    said.push({ kind: "bad", text: "Two threads are in the critical section." });
  if (step.culprit) said.push({ kind: "bad", text: "Here the violation shows." });
  if (story.cycle !== null && at === story.cycle.first)
    said.push({ kind: "cycle", text: `From here to step ${story.cycle.last + 1} it can repeat for ever.` });
  return said;
}

function placeOf(step) {
  return step.file === null || step.line === 0 ? "" : `${inert(step.file)}:${step.line}`;
}

/* The value of each variable that is known after row `at`: Map of name → value. */
function memoryAfter(rows, at) {
  const memory = new Map();
  for (const { step, stale } of rows.slice(0, at + 1)) {
    if (step.variable === null || !isAccess(step)) continue;
    const left = leftBy(step);
    if (left !== null && left !== undefined) memory.set(step.variable, left);
    else if (step.value !== null && !stale) memory.set(step.variable, step.value);
  }
  return memory;
}
