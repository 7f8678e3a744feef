/* ---- one submission ---- */

function engineTable(check) {
  if (check.engines.length === 0) return null;
  const rows = check.engines.map((engine) => {
    const notes = [];
    /* Where an engine has looked at several sizes. */
    if (check.engines.filter((other) => other.engine === engine.engine).length > 1) notes.push(n_("{0} thread", "{0} threads", engine.threads));
    if (engine.coverage && engine.status !== "fail") notes.push(coverageWords(engine.coverage));
    if (engine.max_bypass !== null) notes.push(n_("at most {0} bypass", "at most {0} bypasses", engine.max_bypass));
    if (engine.message !== null && engine.message !== check.message) notes.push(inert(engine.message));
    return element("tr", {}, element("th", { scope: "row" }, engine.engine), element("td", {}, seal(STATUS[engine.status], engine.status)),
      element("td", { class: "number" }, engine.executions.toLocaleString(LANGUAGE)), element("td", { class: "number" }, `${engine.duration_ms} ms`),
      element("td", {}, notes.join("; ")));
  });
  return element("details", { class: "engines" }, element("summary", {}, _("What the engines did")),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Engines for {0}", check.id) },
      element("table", {}, element("caption", { class: "spoken" }, _("What the engines did for {0}", check.id)),
        element("thead", {}, element("tr", {}, [_("Engine"), _("Said"), _("Executions"), _("Time"), ""].map((head) =>
          element(head === "" ? "td" : "th", { scope: head === "" ? null : "col" }, head)))), element("tbody", {}, rows))));
}

function replayCommand(result, check) {
  const exercise = result.exercise_folder ? ["--exercise", shellWord(result.exercise_folder)] : [];
  const words = ["syncgrade", "replay", ...exercise, shellWord(result.submission), "--check", shellWord(check.id), "--schedule", shellWord(check.counterexample.schedule)];
  return element("p", { class: "again" }, _("See it happen again, or in a debugger with --gdb:"), " ", element("code", {}, words.map((word, index) => [index > 0 ? " " : "", element("span", { class: "word" }, word)])));
}

function counterexampleView(result, check, follow) {
  const { only_weak: onlyWeak, memory_model: model } = check.counterexample;
  const player = new Player(check, result.source ?? null, follow);
  const intro = onlyWeak ? _("This happens only under C11’s memory model: were every access sequentially consistent, the code would be right.")
    : _("Memory model: {0}.", model === "sc" ? _("sequentially consistent") : "C11");
  return { player, node: element("div", { class: "counterexample" },
    element("p", { class: onlyWeak ? "weak" : "dim" }, intro, " ", n_("{0} context switch.", "{0} context switches.", check.counterexample.context_switches)),
    player.node, replayCommand(result, check)) };
}

function checkCard(result, check, follow, open) {
  const points = check.max_score === 0 ? _("remark") : check.status === "error" ? `–/${check.max_score}` : `${check.score}/${check.max_score}`;
  const body = [];
  let player = null;
  if (check.message) body.push(element("p", { class: "message" }, sentence(check.message)));
  if (check.status === "error") body.push(element("p", { class: "dim" }, _("This is the grader’s or the machine’s fault and costs no points.")));
  if (check.counterexample !== null) {
    const view = counterexampleView(result, check, follow);
    player = view.player;
    body.push(element("details", { class: "unfold", open }, element("summary", {}, _("The interleaving, step by step")), view.node));
  }
  if (check.resembles) body.push(element("p", { class: "message" }, _("It goes wrong in the same way as this known mistake: {0}.", inert(check.resembles))));
  if (check.hint !== null) body.push(element("p", { class: "hint" }, element("strong", {}, _("Hint:")), " ", inert(check.hint)));
  if (check.section) body.push(element("p", { class: "hint" }, _("In the handout: “{0}”", inert(check.section))));
  const explored = check.status === "fail" ? null : exploredOf(check), look = lookOf(check);
  if (explored !== null) body.push(element("p", { class: "explored" }, _("Explored: {0}.", explored)));
  if (check.status !== "pass" && check.requires?.length > 0) body.push(element("p", { class: "requires" }, _("Builds on: {0}.", check.requires.map(inert).join(", "))));
  body.push(engineTable(check));
  const card = element("section", { class: `check ${look}`, "aria-label": check.id },
    element("h3", {}, element("span", { class: "check-head-words" }, seal(STATUS[look], look), " ", element("span", { class: "check-id" }, checkName(check.id)),
      check.hidden ? [" ", element("span", { class: "badge" }, _("hidden from students"))] : null), " ",
      element("span", { class: "points" }, points)), body);
  return { card, player };
}

/* ---- in which order ----
 * One cause is told once, and what has to be mended first comes first: `by` and `first` say which (text_plan.h). What is
 * no cause is folded, for it is many cards; where nothing fails, nothing but remarks is. */

function pointsOf(checks) {
  return n_("{0} point", "{0} points", checks.reduce((sum, check) => sum + check.max_score, 0));
}

function idsOf(checks) {
  return checks.map((check) => inert(check.id)).join(", ");
}

function isCause(result, check) {
  return lookOf(check) === "fail" && result.checks[check.by] === check && check.first === null;
}

/* The check whose story is unfolded; undefined: there is no story. */
function firstTold(result) {
  const told = result.checks.filter((check) => check.counterexample !== null);
  return told.find((check) => isCause(result, check)) ?? told.find((check) => lookOf(check) === "fail") ?? told[0];
}

function foldedChecks(look, words, cards) {
  return cards.length === 0 ? null : element("details", { class: `folded ${look}` },
    element("summary", {}, element("span", { class: `sign ${look}`, "aria-hidden": "true" }, STATUS[look].sign), " ", words), cards);
}

function checksInOrder(result, cardOf) {
  const { checks } = result, as = (...looks) => checks.filter((check) => looks.includes(lookOf(check)));
  const fails = as("fail"), firstOf = (check) => checks[check.by].first;
  const nodes = [];
  const fold = (look, some, words) => nodes.push(foldedChecks(look, words, some.map(cardOf)));
  const list = (look, some, words) => fails.length > 0 ? fold(look, some, words) : nodes.push(some.map(cardOf));
  for (const cause of fails.filter((check) => isCause(result, check))) {
    const same = fails.filter((check) => check !== cause && checks[check.by] === cause);
    nodes.push(cardOf(cause));
    fold("fail", same, _("{0}, also because of this: {1}", pointsOf(same), idsOf(same)));
  }
  for (const first of new Set(fails.map(firstOf).filter((id) => id !== null))) {
    const later = fails.filter((check) => firstOf(check) === first);
    fold("fail", later, _("{0}, mend {1} first: {2}", pointsOf(later), inert(first), idsOf(later)));
  }
  nodes.push(as("error").map(cardOf));
  const undecided = as("inconclusive"), counted = undecided.filter((check) => check.max_score > 0);
  list("inconclusive", counted, _("{0} could not be judged: {1}", pointsOf(counted), idsOf(counted)));
  for (const unmet of new Set(as("uncounted").map((check) => check.unmet))) {
    const waiting = as("uncounted").filter((check) => check.unmet === unmet);
    if (unmet === null) nodes.push(waiting.map(cardOf));
    else list("uncounted", waiting, _("{0} more once {1} holds: {2}", pointsOf(waiting), inert(unmet), idsOf(waiting)));
  }
  list("pass", as("pass"), _("{0}, what holds: {1}", pointsOf(as("pass")), idsOf(as("pass"))));
  const remarks = checks.filter((check) => check.max_score === 0 && !["pass", "error"].includes(lookOf(check)));
  fold("remark", remarks, n_("{0} remark without points", "{0} remarks without points", remarks.length));
  return nodes;
}

/* How a run ended early, which the checks of its workload tell in their own messages. */
const ENDS = new Set(["crash", "hang", "exit", "limit", "load", "init", "protocol"]);

function isTold(result, finding) {
  return result.checks.some((check) => check.message === finding.message ||
    (check.status === "fail" && check.workload === finding.workload && ENDS.has(finding.kind)));
}

function findingsList(result) {
  const findings = result.findings.filter((finding) => !isTold(result, finding));
  if (findings.length === 0) return null;
  return element("section", { class: "findings", "aria-labelledby": "findings-head" }, element("h2", { id: "findings-head" }, _("Also noticed")),
    element("ul", {}, findings.map((finding) => element("li", {}, element("span", { class: "badge" }, inert(finding.kind)), " ",
      finding.workload === null ? "" : `${finding.engine === null ? inert(finding.workload) : _("{0} under {1}", inert(finding.workload), finding.engine)}: `, inert(finding.message)))));
}

function outputBox(result) {
  if (result.output === null) return null;
  return element("section", { "aria-labelledby": "output-head" }, element("h2", { id: "output-head" }, _("What it printed")),
    element("pre", { class: "printed", tabindex: "0", role: "group", "aria-label": _("What it printed") }, inert(result.output)));
}

function environmentBox(result) {
  const { environment } = result;
  const facts = [[_("Submitted"), result.submission], ["SHA-256", result.sha256], [_("Exercise"), result.exercise === null ? null : _("{0}, version {1}", result.exercise, result.exercise_version)],
    [_("Built by"), environment.compiler], [_("Machine"), environment.machine], [_("Sandbox"), environment.sandbox],
    [_("Took"), _("{0} s", (environment.duration_ms / 1000).toFixed(1))], [_("Graded by"), `syncgrade ${environment.syncgrade}`]];
  return element("details", { class: "environment" }, element("summary", {}, _("How it was graded")),
    element("dl", { class: "facts" }, facts.filter(([, value]) => value !== null).map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, quoted(value))))));
}

function submissionHead(result) {
  const heading = headingOf(result);
  const who = [result.student?.id ? _("id {0}", result.student.id) : null, heading === result.submission ? null : result.submission, result.exercise && _("exercise {0}", result.exercise)];
  return element("div", { class: "head" }, element("h1", { tabindex: "-1" }, quoted(heading)),
    element("p", { class: "dim who" }, who.filter(Boolean).map((text, index) => [index > 0 ? " · " : "", quoted(text)])),
    element("p", { class: "verdict" }, seal(VERDICT[result.verdict], result.verdict), " ",
      result.verdict === "error" ? _("This costs no points.") : element("strong", {}, result.hidden_checks ? _("{0} of {1} points that are shown", result.score, result.max_score) : _("{0} of {1} points", result.score, result.max_score))),
    result.adjusted ? element("p", { class: "adjusted" }, inert(result.adjusted)) : null, hiddenNote(result));
}

/* { node, start }: start() when it is in the page. */
function submissionView(result) {
  const source = result.source ?? null;
  const view = source === null ? null : new SourceView(source, result.findings);
  const follow = (story, row) => view?.show(story, row);
  const told = firstTold(result);
  let first = null;
  const cardOf = (check) => {
    const { card, player } = checkCard(result, check, follow, check === told);
    if (check === told) first = player;
    return card;
  };
  const cards = checksInOrder(result, cardOf);
  const main = element("div", { class: "report" },
    result.message === null ? null : element("section", { "aria-labelledby": "message-head" }, element("h2", { id: "message-head" }, _("Not run")),
      element("pre", { class: "printed reason", tabindex: "0", role: "group", "aria-label": _("Reason") }, inert(result.message))),
    result.checks.length === 0 ? null : element("section", { "aria-labelledby": "checks-head" }, element("h2", { id: "checks-head" }, _("Checks")), cards),
    findingsList(result), outputBox(result), environmentBox(result));
  const node = element("div", { class: "submission" }, submissionHead(result), element("div", { class: view === null ? "columns one" : "columns" }, main, view?.node));
  const start = () => first !== null && follow(first.story, first.story.rows[first.at]);
  return { node, start, first };
}
