/* ---- which page is shown ---- */

/* Submissions as they are packed, a block of them at a time (html_class.h). */
class Details {
  constructor(blocks) {
    this.packed = [...document.querySelectorAll("script.details")];
    this.blocks = new Map();
    this.at = blocks.flatMap((count, block) => Array.from({ length: count }, (_none, place) => ({ block, place })));
  }

  /* What is unpacked already; undefined: it has to be loaded first. */
  get(index) {
    const { block, place } = this.at[index];
    return this.blocks.get(block)?.[place];
  }

  async load(index) {
    const { block } = this.at[index];
    const bytes = Uint8Array.from(atob(this.packed[block].textContent), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    this.blocks.set(block, JSON.parse(await new Response(stream).text()));
  }
}

class Report {
  constructor(data) {
    this.single = Array.isArray(data);
    this.results = this.single ? data : readClass(data);
    this.details = this.single ? null : new Details(data.blocks);
    this.main = document.getElementById("main");
    this.top = document.getElementById("top");
    this.links = new Map(this.results.map((result, index) => [result, `#/${encodeURIComponent(result.student?.key ?? index)}`]));
    this.view = null;
    this.scrolled = 0;
    this.shown = undefined;
    this.classView = this.single ? null : new ClassView(this.results, data.causes, (result) => this.links.get(result));
  }

  start() {
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.main.focus();
    });
    window.addEventListener("hashchange", () => this.route(true));
    window.addEventListener("beforeprint", () => this.unfold());
    window.addEventListener("afterprint", () => this.fold());
    document.addEventListener("keydown", (event) => this.key(event));
    this.route(false);
  }

  route(moved) {
    const { hash } = location;
    if (hash !== "" && !hash.startsWith("#/")) return;
    const result = this.single ? this.results[0] : this.results.find((each) => this.links.get(each) === hash) ?? null;
    if (result === this.shown) return;
    if (this.shown === null) this.scrolled = window.scrollY;
    this.shown = result;
    if (result === null || this.whole(result) !== undefined) this.show(result, moved);
    else this.load(result).then(() => this.shown === result && this.show(result, moved));
  }

  /* All of a submission, if it is there already. */
  whole(result) {
    return this.single ? result : this.details.get(this.results.indexOf(result));
  }

  load(result) {
    if (typeof DecompressionStream === "undefined") {
      this.main.replaceChildren(element("h1", { tabindex: "-1" }, quoted(nameOf(result))),
        element("p", {}, _("This browser cannot unpack what is in this page: it takes Chromium 80, Firefox 113, Safari 16.4, or a later one.")),
        element("p", {}, element("a", { href: "#/" }, _("All submissions"))));
      return new Promise(() => {});
    }
    return this.details.load(this.results.indexOf(result));
  }

  show(result, moved) {
    if (result === null) this.showClass();
    else this.showSubmission(result);
    window.scrollTo(0, result === null ? this.scrolled : 0);
    if (moved) this.main.querySelector("h1").focus({ preventScroll: true });
  }

  showClass() {
    this.view = null;
    this.main.replaceChildren(this.classView.node);
    this.top.replaceChildren(element("span", { class: "brand" }, "syncgrade"));
    document.title = `${n_("{0} submission", "{0} submissions", this.results.length)} – syncgrade`;
  }

  showSubmission(result) {
    this.view = submissionView(this.whole(result));
    this.main.replaceChildren(this.view.node);
    this.top.replaceChildren(element("span", { class: "brand" }, "syncgrade"), this.single ? "" : this.navigation(result));
    document.title = `${inert(headingOf(result))} – syncgrade`;
    this.view.start();
  }

  navigation(result) {
    const at = this.results.indexOf(result);
    const link = (other, text, label) => other === undefined ? null : element("a", { href: this.links.get(other), "aria-label": label }, text);
    return element("nav", { "aria-label": _("Submissions") }, element("a", { href: "#/" }, _("All submissions")),
      link(this.results[at - 1], _("‹ previous"), _("Previous submission")), link(this.results[at + 1], _("next ›"), _("Next submission")));
  }

  /* With nothing focused, the arrow keys step through the first interleaving. */
  key(event) {
    const player = this.view?.first;
    if (player && event.target === document.body && ["ArrowLeft", "ArrowRight"].includes(event.key)) player.key(event);
  }

  /* On paper, what is folded cannot be unfolded. */
  unfold() {
    this.classView?.fillNow();
    this.folded = [...this.main.querySelectorAll("details:not([open])")];
    for (const details of this.folded) details.open = true;
  }

  fold() {
    for (const details of this.folded ?? []) details.open = false;
  }
}

const DATA = JSON.parse(document.getElementById("data").textContent);
(DATA.tallies === undefined ? new Report(DATA) : new Lecture(DATA)).start();
