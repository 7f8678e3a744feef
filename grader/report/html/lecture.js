/* ---- a lecture: the class at a glance, then a page for each cause ----
 * Pages are turned by Page Up and Page Down, as presenters' remotes do. */

function percent(share) {
  return `${Math.round(share)} %`;
}

function termName(term) {
  return inert(term.name);
}

/* Bars of how many got so many points, one row of bars for each term. */
function histogram(term, most) {
  const WIDTH = 66, HEIGHT = 24, HEAD = 5, BAR = 5;
  const picture = drawing("svg", { class: "histogram", viewBox: `0 ${-HEAD} ${WIDTH} ${HEAD + HEIGHT + 7}`, role: "img",
    "aria-label": term.histogram.map((count, bar) => `${10 * bar} %: ${count}`).join(", ") });
  term.histogram.forEach((count, bar) => {
    const height = most > 0 ? HEIGHT * count / most : 0, x = bar * 6 + 0.5;
    picture.append(drawing("rect", { class: bar === term.histogram.length - 1 ? "full" : "", x, y: HEIGHT - height, width: BAR, height }));
    if (count > 0) picture.append(drawing("text", { x: x + BAR / 2, y: HEIGHT - height - 1 }, count));
    picture.append(drawing("text", { class: "axis", x: x + BAR / 2, y: HEIGHT + 5 }, bar * 10));
  });
  return picture;
}

/* What neither holds nor fails (it could not be judged, or did not count) stays empty. */
function shareBar(share, failed) {
  const bar = drawing("svg", { class: "bar", "aria-hidden": "true", viewBox: "0 0 100 10", preserveAspectRatio: "none" });
  bar.append(drawing("rect", { class: "pass", x: 0, y: 0, width: share, height: 10 }), drawing("rect", { class: "fail", x: share, y: 0, width: failed, height: 10 }));
  return bar;
}

class Lecture {
  constructor(data) {
    this.data = data;
    this.main = document.getElementById("main");
    this.top = document.getElementById("top");
    this.at = -1;
    this.player = null;
    this.pages = [() => this.overview(), () => this.causes(), ...data.causes.map((cause) => () => this.cause(cause))];
    this.several = data.terms.length > 1;
  }

  start() {
    window.addEventListener("hashchange", () => this.route(true));
    window.addEventListener("beforeprint", () => this.main.replaceChildren(...this.pages.map((page) => element("div", { class: "sheet" }, page().node))));
    window.addEventListener("afterprint", () => this.turn(this.at));
    document.addEventListener("keydown", (event) => this.key(event));
    this.route(false);
  }

  route(moved) {
    const number = Number(/^#\/(\d+)$/.exec(location.hash)?.[1] ?? 0);
    this.turn(Math.min(number, this.pages.length - 1));
    if (moved) this.main.querySelector("h1").focus({ preventScroll: true });
  }

  turn(at) {
    const { node, start } = this.pages[at]();
    this.at = at;
    this.main.replaceChildren(element("div", { class: "lecture" }, node));
    const link = (to, text, label) => to < 0 || to >= this.pages.length ? null : element("a", { href: `#/${to}`, "aria-label": label }, text);
    this.top.replaceChildren(element("span", { class: "brand" }, "syncgrade"), element("nav", { "aria-label": _("Pages") },
      at > 0 ? link(0, _("Overview"), null) : null, link(at - 1, _("‹ previous"), _("Previous page")), link(at + 1, _("next ›"), _("Next page")),
      element("span", { class: "dim" }, `${at + 1} / ${this.pages.length}`, " ", element("kbd", {}, "PgUp"), " ", element("kbd", {}, "PgDn"))));
    window.scrollTo(0, 0);
    start?.();
  }

  key(event) {
    const move = { PageDown: 1, PageUp: -1 }[event.key];
    const to = this.at + (move ?? 0);
    if (move !== undefined && to >= 0 && to < this.pages.length) {
      event.preventDefault();
      location.hash = `#/${to}`;
    } else if (this.player && event.target === document.body && ["ArrowLeft", "ArrowRight"].includes(event.key)) this.player.key(event);
  }

  overview() {
    const { terms, tallies, exercise } = this.data, results = terms.reduce((sum, term) => sum + term.results, 0);
    const most = Math.max(1, ...terms.flatMap((term) => term.histogram));
    const counted = tallies.filter((tally) => !tally.remark);
    this.player = null;
    return { node: element("div", {},
      element("div", { class: "head" }, element("h1", { tabindex: "-1" }, exercise === null ? _("Results") : _("Exercise {0}", inert(exercise))),
        element("p", { class: "dim" }, n_("{0} submission", "{0} submissions", results))),
      element("section", { "aria-labelledby": "points-head" }, element("h2", { id: "points-head" }, _("Points, in percent")),
        element("div", { class: "histograms" }, terms.map((term) => element("figure", {}, histogram(term, most),
          element("figcaption", {}, this.several ? element("strong", {}, termName(term), ": ") : null,
            _("{0} graded, mean {1}, median {2}", term.graded, percent(term.mean), percent(term.median))))))),
      counted.length === 0 ? null : element("section", { "aria-labelledby": "checks-head" }, element("h2", { id: "checks-head" }, _("What most have right, and what fewest")),
        element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Table of the checks") },
          element("table", { class: "tallies shares" }, element("caption", { class: "spoken" }, _("How many passed and failed each check")),
            element("thead", {}, element("tr", {}, element("th", { scope: "col" }, _("Check")), element("td"), element("th", { scope: "col", class: "number" }, _("right")),
              this.several ? terms.map((term) => element("th", { scope: "col", class: "number" }, termName(term))) : null)),
            element("tbody", {}, tallies.map((tally) => element("tr", {}, element("th", { scope: "row" }, checkName(tally.id), tally.remark ? ` (${_("a remark")})` : ""),
              element("td", {}, shareBar(tally.share, tally.failed)), element("td", { class: "number" }, percent(tally.share)),
              this.several ? tally.terms.map((share) => element("td", { class: "number" }, share === null ? "–" : percent(share))) : null))))))) };
  }

  causes() {
    const { causes, terms, left } = this.data;
    this.player = null;
    return { node: element("div", {}, element("h1", { tabindex: "-1" }, _("What went wrong")),
      causes.length === 0 ? element("p", {}, _("Nothing did.")) : element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": _("What went wrong") },
        element("table", { class: "tallies cause-table" }, element("caption", { class: "spoken" }, _("Causes, the commonest first")),
          element("thead", {}, element("tr", {}, element("th", { scope: "col", class: "number" }, _("how many")), element("th", { scope: "col", class: "number" }, _("share")),
            this.several ? terms.map((term) => element("th", { scope: "col", class: "number" }, termName(term))) : null, element("th", { scope: "col" }, _("What went wrong")))),
          element("tbody", {}, causes.map((cause, index) => element("tr", {}, element("td", { class: "number" }, cause.results), element("td", { class: "number" }, percent(cause.share)),
            this.several ? cause.terms.map((count) => element("td", { class: "number" }, count)) : null,
            element("td", {}, element("a", { href: `#/${index + 2}` }, causeName(cause)), element("span", { class: "dim" }, ` ${cause.ids.map(inert).join(" + ")}`, cause.remark ? ` (${_("a remark")})` : ""))))))),
      left > 0 ? element("p", { class: "dim" }, n_("{0} more cause is not shown.", "{0} more causes are not shown.", left)) : null) };
  }

  inTerms(cause) {
    return cause.terms.map((count, term) => `${termName(this.data.terms[term])}: ${count}`).join(", ");
  }

  cause(cause) {
    const { check, source, results, share } = cause;
    const view = source === null ? null : new SourceView(source, []);
    const player = check.counterexample === null || check.counterexample.steps.length === 0 ? null
      : new Player(check, source, (story, row) => view?.show(story, row));
    this.player = player;
    const main = element("div", { class: "report" }, check.message === null ? null : element("p", { class: "message" }, sentence(check.message)),
      player === null ? element("p", { class: "dim" }, _("There is no interleaving to show.")) : player.node,
      check.hint === null ? null : element("p", { class: "hint" }, element("strong", {}, _("Hint:")), " ", inert(check.hint)));
    return { start: () => player !== null && view?.show(player.story, player.story.rows[0]),
      node: element("div", {}, element("div", { class: "head" }, element("h1", { tabindex: "-1" }, causeName(cause)),
        element("p", { class: "dim" }, _("{0} of {1} ({2}): {3}", results, this.data.terms.reduce((sum, term) => sum + term.results, 0), percent(share), cause.ids.map(inert).join(" + ")),
          this.several ? [" · ", this.inTerms(cause)] : "")),
        element("div", { class: view === null ? "columns one" : "columns" }, main, view?.node)) };
  }
}
