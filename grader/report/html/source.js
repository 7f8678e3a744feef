/* ---- the source ---- */

const C_TOKEN = /(?<comment>\/\/.*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)|(?<directive>^[ \t]*#[ \t]*\w+)|(?<number>\b\d[\w.]*)|(?<word>\b[A-Za-z_]\w*)/gm;
const C_KEYWORDS = new Set(("auto break case char const continue default do double else enum extern float for goto if inline int long register " +
  "restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Alignas _Alignof _Atomic _Bool " +
  "_Generic _Noreturn _Static_assert _Thread_local bool true false NULL").split(" "));

function tokenKind(groups) {
  if (groups.word !== undefined) return C_KEYWORDS.has(groups.word) ? "keyword" : null;
  return Object.keys(groups).find((name) => groups[name] !== undefined);
}

const linesOfSource = new WeakMap();

/* A fragment per line, coloured; to be cloned, not to be put into the page. */
function sourceLines(source) {
  if (!linesOfSource.has(source)) linesOfSource.set(source, colourLines(source));
  return linesOfSource.get(source);
}

function colourLines(source) {
  const text = inert(source.text).replaceAll("\t", "    ");
  const lines = [document.createDocumentFragment()];
  const put = (piece, kind) => piece.split("\n").forEach((part, index) => {
    if (index > 0) lines.push(document.createDocumentFragment());
    if (part !== "") lines.at(-1).append(kind === null ? part : element("span", { class: `c-${kind}` }, part));
  });
  let end = 0;
  for (const match of text.matchAll(C_TOKEN)) {
    put(text.slice(end, match.index), null);
    put(match[0], tokenKind(match.groups));
    end = match.index + match[0].length;
  }
  put(text.slice(end), null);
  if (lines.length > 1 && lines.at(-1).childNodes.length === 0) lines.pop();
  return lines;
}

/* The whole source; show(story, row) marks the lines of a counterexample and the current one. */
class SourceView {
  constructor(source, findings) {
    this.source = source;
    const noticed = new Set(findings.flatMap((finding) => finding.places)
      .filter((place) => place.file === source.file).map((place) => place.line));
    this.lines = sourceLines(source).map((text, index) => {
      const marks = element("span", { class: "marks" });
      const found = noticed.has(index + 1) ? element("span", { class: "noticed", title: _("a finding points here") }, decoration("▸"), spoken(`${_("a finding points here")} `)) : null;
      const node = element("div", { class: "line" }, element("span", { class: "line-number" }, index + 1), marks, found, element("code", {}, text.cloneNode(true)));
      return { node, marks };
    });
    this.box = element("div", { class: "code listing", tabindex: "0", role: "group", "aria-label": _("Source: {0}", inert(source.file)) },
      this.lines.map(({ node }) => node));
    this.node = element("section", { class: "source", "aria-labelledby": "source-head" },
      element("h2", { id: "source-head" }, _("Source"), " ", element("span", { class: "dim" }, quoted(source.file))), this.box);
    this.story = null;
  }

  show(story, row) {
    if (this.story !== story) this.markStory(story);
    const current = row.step.file === this.source.file ? row.step.line : 0;
    this.lines.forEach(({ node }, index) => {
      node.classList.toggle("current", index + 1 === current);
      if (index + 1 === current) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    });
    if (current > 0 && current <= this.lines.length) this.reveal(this.lines[current - 1].node);
  }

  markStory(story) {
    this.story = story;
    this.lines.forEach(({ node, marks }, index) => {
      const rows = story.rows.filter(({ step }) => step.line === index + 1 && step.file === this.source.file);
      const threads = [...new Set(rows.map((row) => row.thread))].sort((a, b) => a - b);
      node.classList.toggle("marked", rows.length > 0);
      node.classList.toggle("culprit", rows.some((row) => row.step.culprit));
      node.classList.toggle("stale", rows.some((row) => row.stale));
      marks.replaceChildren(...threads.slice(0, 3).map((thread) => element("span", { class: `mark t${thread % 8}`, "aria-hidden": "true" })),
        ...(threads.length > 0 ? [spoken(`${_("thread {0}:", threads.join(", "))} `)] : []));
    });
  }

  /* Scrolls within the listing only, never the page. */
  reveal(line) {
    const top = line.offsetTop - this.box.offsetTop;
    if (top < this.box.scrollTop + 20 || top + 40 > this.box.scrollTop + this.box.clientHeight)
      this.box.scrollTop = top - this.box.clientHeight / 2;
  }
}
