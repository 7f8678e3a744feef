/* ---- a class ---- */

/* Each check's id once, in the order of the exercise. */
function checkIds(results) {
  const ids = new Set();
  for (const result of results) for (const check of result.checks) ids.add(check.id);
  return [...ids];
}

/* The class as it is packed (html_class.h): submissions with what the table tells of them. */
function readClass({ rows, checks }) {
  return rows.map(([key, name, id, submission, verdict, score, max_score, exercise, indices, hidden]) => ({
    student: key === null ? null : { key, name, id }, submission, verdict, score, max_score, exercise,
    checks: indices.map((index) => checks[index]), hidden_checks: hidden,
  }));
}

function checkOf(result, id) {
  return result.checks.find((each) => each.id === id);
}

function statusOf(result, id) {
  const check = checkOf(result, id);
  return check === undefined ? "none" : lookOf(check);
}

/* A pass by less than all executions there are. */
function isSampled(check) {
  return check?.status === "pass" && check.coverage !== null;
}

/* What a column of a check is sorted by: a pass by less than all comes before one by all. */
function rankOf(result, id) {
  return STATUS[statusOf(result, id)].rank - (isSampled(checkOf(result, id)) ? 0.25 : 0);
}

function countBy(items, keyOf) {
  const counts = new Map();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/* Indices of causes. */
function causesIn(result) {
  return new Set(result.checks.map((check) => check.cause).filter((cause) => cause !== null));
}

function causeName({ mistake, words }) {
  return mistake === null ? inert(words) : _("Known mistake: {0}", inert(mistake));
}

class ClassView {
  constructor(results, causes, linkOf) {
    this.results = results;
    this.causes = causes;
    this.linkOf = linkOf;
    this.ids = checkIds(results);
    this.columns = [
      { key: "name", name: _("Name"), value: nameOf }, { key: "verdict", name: _("Verdict"), value: (result) => VERDICT[result.verdict].rank },
      { key: "score", name: _("Score"), value: (result) => result.verdict === "error" ? -1 : result.score / Math.max(1, result.max_score) },
      ...this.ids.map((id) => ({ key: id, name: id, value: (result) => rankOf(result, id), check: true })),
    ];
    this.sorted = { column: this.columns[0], ascending: true };
    this.reason = null;
    this.rows = new Map();
    this.filling = 0;
    this.build();
    this.show();
  }

  row(result) {
    return element("tr", {},
      element("th", { scope: "row" }, element("a", { href: this.linkOf(result) }, quoted(nameOf(result)))),
      element("td", {}, seal(VERDICT[result.verdict], result.verdict)),
      element("td", { class: "number" }, scoreOf(result)),
      this.ids.map((id) => {
        const check = checkOf(result, id), look = check === undefined ? "none" : lookOf(check), status = STATUS[look];
        const explored = isSampled(check) ? _("Explored: {0}.", coverageWords(check.coverage)) : null;
        return element("td", { class: `status ${look}`, title: explored }, decoration(status.sign + (explored === null ? "" : "*")),
          spoken(explored === null ? status.word : `${status.word}, ${explored}`));
      }));
  }

  head(column) {
    const name = column.check ? column.name.split("/").map((part, index) => element("span", { class: index === 0 ? "workload" : "property" }, (index > 0 ? "/" : "") + inert(part)))
      : column.name;
    const button = element("button", { type: "button", onclick: () => this.sort(column) }, element("span", { class: "column-name" }, name), decoration(""));
    return element("th", { scope: "col", class: column.check ? "check-head" : `column-${column.key}` }, button);
  }

  build() {
    const option = (value, text) => element("option", { value }, text);
    const changed = () => this.show();
    this.search = element("input", { type: "search", id: "filter-name", autocomplete: "off", spellcheck: "false", oninput: changed });
    this.verdict = element("select", { id: "filter-verdict", onchange: changed }, option("", _("any")), option("pass", _("pass")), option("fail", _("fail")), option("error", _("not graded")));
    this.check = element("select", { id: "filter-check", onchange: changed }, option("", _("any")), this.ids.map((id) =>
      ["fail", "pass", "inconclusive", "uncounted"].map((status) => option(`${status} ${id}`, `${STATUS[status].sign} ${inert(id)}`))));
    this.count = element("p", { class: "count", role: "status" });
    this.chosen = element("p", { class: "chosen", hidden: true });
    this.heads = this.columns.map((column) => this.head(column));
    this.body = element("tbody");
    const field = (control, name) => element("div", { class: "field" }, element("label", { for: control.id }, name), control);
    this.node = element("div", { class: "class" }, this.headline(), this.statistics(),
      element("section", { "aria-labelledby": "students-head" }, element("h2", { id: "students-head" }, _("Submissions")),
        element("div", { class: "filters", role: "search", "aria-label": _("Filter the submissions") }, field(this.search, _("Name")), field(this.verdict, _("Verdict")), field(this.check, _("Check")),
          element("button", { type: "button", class: "plain", onclick: () => this.reset() }, _("Show all"))),
        this.count, this.chosen,
        element("div", { class: "scroll grades", tabindex: "0", role: "region", "aria-label": _("Table of the submissions") },
          element("table", {}, element("caption", { class: "spoken" }, _("Submissions and checks; the buttons in the heads sort")),
            element("thead", {}, element("tr", {}, this.heads)), this.body))));
  }

  headline() {
    const exercises = [...new Set(this.results.map((result) => result.exercise).filter(Boolean))];
    return element("div", { class: "head" },
      element("h1", { tabindex: "-1" }, exercises.length > 0 ? _("Exercise {0}", exercises.map(inert).join(", ")) : _("Results")),
      element("p", { class: "dim" }, n_("{0} submission", "{0} submissions", this.results.length)),
      hiddenNote(this.results.find((result) => result.hidden_checks) ?? {}));
  }

  statistics() {
    const verdicts = countBy(this.results, (result) => result.verdict);
    const scores = this.results.filter((result) => result.verdict !== "error" && result.max_score > 0).map((result) => 100 * result.score / result.max_score);
    const tile = (kind, value, name) => element("div", { class: `tile ${kind}` }, element("dd", {}, value), element("dt", {}, name));
    return element("section", { class: "statistics", "aria-label": _("Statistics") },
      element("dl", { class: "tiles" }, tile("pass", verdicts.get("pass") ?? 0, _("pass")), tile("fail", verdicts.get("fail") ?? 0, _("fail")),
        tile("error", verdicts.get("error") ?? 0, _("not graded")), scores.length > 0 ? tile("", `${Math.round(median(scores))} %`, _("median score")) : null),
      element("div", { class: "pair" }, this.checkStatistics(), this.reasonStatistics()));
  }

  checkStatistics() {
    if (this.ids.length === 0) return null;
    const rows = this.ids.map((id) => {
      const counts = countBy(this.results, (result) => statusOf(result, id));
      const bar = drawing("svg", { class: "bar", "aria-hidden": "true", viewBox: "0 0 100 10", preserveAspectRatio: "none" });
      let x = 0;
      for (const status of ["pass", "fail", "uncounted", "remark", "inconclusive", "error", "none"]) {
        const width = 100 * (counts.get(status) ?? 0) / this.results.length;
        if (width > 0) bar.append(drawing("rect", { class: status, x, y: 0, width, height: 10 }));
        x += width;
      }
      const failed = counts.get("fail") ?? 0;
      return element("tr", {}, element("th", { scope: "row" }, checkName(id)), element("td", {}, bar), element("td", { class: "number" }, counts.get("pass") ?? 0),
        element("td", { class: "number" }, failed === 0 ? "0" : element("button", { type: "button", class: "plain count-button", "aria-label": _("Show the {0} that fail {1}", failed, id),
          onclick: () => this.only({ check: `fail ${id}` }) }, failed)),
        element("td", { class: "number" }, ["uncounted", "remark", "inconclusive", "error", "none"].reduce((sum, status) => sum + (counts.get(status) ?? 0), 0)),
        element("td", { class: "number" }, this.results.filter((result) => isSampled(checkOf(result, id))).length));
    });
    return element("section", { "aria-labelledby": "failed-head" }, element("h2", { id: "failed-head" }, _("Who failed what")),
      element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Table of the checks") },
        element("table", { class: "tallies" }, element("caption", { class: "spoken" }, _("How many passed and failed each check")),
          element("thead", {}, element("tr", {}, element("th", { scope: "col" }, _("Check")), element("td"), [_("pass"), _("fail"), _("other"), _("sampled")].map((head) => element("th", { scope: "col", class: "number" }, head)))),
          element("tbody", {}, rows))));
  }

  /* By cause, and not by sentence: the numbers and names in it are each student's own. */
  reasonStatistics() {
    const REASONS_TOLD = 8;
    const counted = countBy(this.results.flatMap((result) => [...causesIn(result)]), (index) => index);
    const reasons = this.causes.map((cause, index) => ({ ...cause, index, count: counted.get(index) ?? 0 }))
      .filter((cause) => cause.count > 0).slice(0, REASONS_TOLD);
    if (reasons.length === 0) return null;
    return element("section", { "aria-labelledby": "reasons-head" }, element("h2", { id: "reasons-head" }, _("The commonest reasons")),
      element("ol", { class: "reasons" }, reasons.map((reason) => element("li", {},
        element("button", { type: "button", class: "plain count-button", "aria-label": _("Show the {0}: {1}", reason.count, causeName(reason)), onclick: () => this.only({ reason }) }, `${reason.count} ×`),
        element("div", {}, element("span", { class: "dim reason-check" }, quoted(reason.ids.join(" + ")), reason.remark ? ` (${_("a remark")})` : ""),
          element("p", {}, causeName(reason)))))));
  }

  only({ check = "", reason = null }) {
    this.search.value = this.verdict.value = "";
    this.check.value = check;
    this.reason = reason;
    this.show();
    this.search.scrollIntoView({ block: "center" });
  }

  reset() {
    this.only({});
    this.search.focus();
  }

  sort(column) {
    const again = this.sorted.column === column;
    this.sorted = { column, ascending: again ? !this.sorted.ascending : true };
    this.show();
  }

  matches(result) {
    const wanted = this.search.value.trim().toLocaleLowerCase();
    const names = [nameOf(result), result.student?.id ?? "", result.submission].map((name) => name.toLocaleLowerCase());
    const space = this.check.value.indexOf(" ");
    return (wanted === "" || names.some((name) => name.includes(wanted))) &&
      (this.verdict.value === "" || result.verdict === this.verdict.value) &&
      (space < 0 || statusOf(result, this.check.value.slice(space + 1)) === this.check.value.slice(0, space)) &&
      (this.reason === null || causesIn(result).has(this.reason.index));
  }

  rowOf(result) {
    if (!this.rows.has(result)) this.rows.set(result, this.row(result));
    return this.rows.get(result);
  }

  /* What fills the window at once, so that it can be used; then the others, some at a time, unless others are wanted. */
  fill(shown) {
    const AT_ONCE = 100, AT_A_TIME = 225;
    const filling = ++this.filling;
    const put = (begin, end) => {
      if (filling !== this.filling) return;
      this.body.append(...shown.slice(begin, end).map((result) => this.rowOf(result)));
      if (end < shown.length) requestAnimationFrame(() => setTimeout(put, 0, end, end + AT_A_TIME));
      else this.body.removeAttribute("aria-busy");
    };
    this.body.replaceChildren();
    this.body.setAttribute("aria-busy", "true");
    put(0, AT_ONCE);
  }

  /* All of them, for paper. */
  fillNow() {
    this.filling++;
    this.body.append(...this.shown.slice(this.body.childElementCount).map((result) => this.rowOf(result)));
    this.body.removeAttribute("aria-busy");
  }

  show() {
    const { column, ascending } = this.sorted;
    const compare = (a, b) => {
      const one = column.value(a), other = column.value(b);
      const order = typeof one === "string" ? one.localeCompare(other, undefined, { numeric: true }) : one - other;
      return ascending ? order : -order;
    };
    const shown = this.shown = this.results.filter((result) => this.matches(result)).sort(compare);
    this.fill(shown);
    this.count.textContent = shown.length === this.results.length ? n_("All {0} submission.", "All {0} submissions.", shown.length)
      : _("{0} of {1}.", shown.length, n_("{0} submission", "{0} submissions", this.results.length));
    this.chosen.hidden = this.reason === null;
    this.chosen.textContent = this.reason === null ? "" : _("Only those whose {0} failed so: {1}", inert(this.reason.ids.join(" + ")), causeName(this.reason));
    this.columns.forEach((each, index) => {
      if (each === column) this.heads[index].setAttribute("aria-sort", ascending ? "ascending" : "descending");
      else this.heads[index].removeAttribute("aria-sort");
    });
  }
}
