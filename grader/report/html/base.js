"use strict";

/* ---- the language of the page ----
 * Sentences are marked by _() and n_(), from whose translations the page brings those of its language along. */

const TRANSLATIONS = JSON.parse(document.getElementById("translations").textContent);
const LANGUAGE = document.documentElement.lang;

function filled(text, values) {
  return text.replace(/\{(\d)\}/g, (_mark, index) => String(values[index]));
}

/* _("step {0} of {1}", 2, 9) */
function _(text, ...values) {
  return filled(TRANSLATIONS[text] ?? text, values);
}

/* n_("{0} step", "{0} steps", 2) */
function n_(one, many, count, ...others) {
  return filled(TRANSLATIONS[one] ?? (count === 1 ? one : many), [count.toLocaleString(LANGUAGE), ...others]);
}

/* ---- elements ----
 * Whatever a student wrote reaches the page through text nodes and through properties that hold text; no markup is ever
 * parsed, and no address is made from it but "#/…". */

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity))
    if (child !== null && child !== undefined && child !== false) node.append(child);
  return node;
}

/* element("td", { class: "pass" }, "text", child, …) */
function element(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function drawing(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/* For screen readers only. */
function spoken(text) {
  return element("span", { class: "spoken" }, text);
}

function decoration(text) {
  return element("span", { "aria-hidden": "true" }, text);
}

/* ---- strangers' text ---- */

/* What a reader cannot see, or what reorders what they see: control bytes, bidirectional overrides and isolates
 * (Boucher and Anderson, "Trojan Source", 2021), invisible marks. Not the joiners that emoji and many scripts need. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function spellOut(character) {
  return "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0");
}

function inert(text) {
  return String(text ?? "").replace(/\r\n/g, "\n").replace(UNSEEN, spellOut);
}

/* A sentence, in which no line is broken within "lock->taken". */
function sentence(text) {
  return inert(text).split(/(\S?->\S?)/).map((part, index) => index % 2 === 1 ? element("span", { class: "whole" }, part) : part);
}

/* In one line, kept apart from the direction of what stands around it. */
function quoted(text) {
  return element("bdi", {}, inert(text).replace(/[\n\t]/g, " "));
}

/* "counter/mutual-exclusion", which may break after the stroke. */
function checkName(id) {
  const [workload, property = ""] = inert(id).split("/");
  return [workload, property === "" ? "" : "/", element("wbr"), property];
}

/* ---- words ---- */

const STATUS = {
  pass: { sign: "✓", get word() { return _("pass"); }, rank: 3 },
  fail: { sign: "✗", get word() { return _("fail"); }, rank: 0 },
  inconclusive: { sign: "?", get word() { return _("could not be judged"); }, rank: 1 },
  error: { sign: "!", get word() { return _("error of the grader"); }, rank: 2 },
  uncounted: { sign: "–", get word() { return _("does not count"); }, rank: 1.5 },
  remark: { sign: "i", get word() { return _("a remark"); }, rank: 3.5 },
  none: { sign: "–", get word() { return _("not run"); }, rank: 4 },
};

const VERDICT = {
  pass: { sign: "✓", get word() { return _("pass"); }, rank: 2 },
  fail: { sign: "✗", get word() { return _("fail"); }, rank: 0 },
  error: { sign: "!", get word() { return _("not graded"); }, rank: 1 },
};

/* How a check is shown: a remark that does not hold is no failure. */
function lookOf(check) {
  return check.status === "fail" && check.max_score === 0 ? "remark" : check.status;
}

/* What the explorer looked at, in words; null: unknown. */
function exploredOf(check) {
  const coverage = check.engines.find((engine) => engine.coverage)?.coverage;
  return coverage ? coverageWords(coverage) : null;
}

function coverageWords({ kind, surprises, ...rest }) {
  if (surprises === "one" && kind === "all") return _("all executions with at most one spurious wake-up or expired time");
  const words = kindWords({ kind, ...rest });
  switch (surprises) {
    case "one": return _("{0}, of those with at most one spurious wake-up or expired time", words);
    case "none": return _("all without spurious wake-ups and expired times; with them, {0}", words);
    default: return words;
  }
}

function kindWords({ kind, switches, executions, cut }) {
  const count = executions.toLocaleString(LANGUAGE);
  switch (kind) {
    case "all": return _("all executions there are");
    case "bounded": return _("all executions within the explorer's bounds");
    case "cut": return n_("{0} execution, and {1} that another violation cut short", "{0} executions, and {1} that another violation cut short", executions, cut.toLocaleString(LANGUAGE));
    case "switches": return _("all with up to {0} forced context switches or stale reads, {1} executions together", switches, count);
    case "sampled": return n_("{0} execution sampled", "{0} executions sampled", executions);
    default: return _("nothing");
  }
}

function nameOf(result) {
  return result.student?.name ?? result.submission;
}

/* Whose it is; if nobody's, the file's name, or the folder's. */
function headingOf(result) {
  return result.student?.name ?? (result.submission.replace(/\/+$/, "").split("/").pop() || result.submission);
}

function scoreOf(result) {
  return result.verdict === "error" ? "–" : `${result.score}/${result.max_score}`;
}

/* What is not told of hidden checks; null: there are none. */
function hiddenNote(result) {
  if (!result.hidden_checks) return null;
  const { count, points } = result.hidden_checks, worth = n_("{0} point", "{0} points", points);
  return element("p", { class: "dim hidden-note" }, count === 1 ? _("1 hidden check, worth {0}, counts too and is not shown.", worth)
    : _("{0} hidden checks, worth {1}, count too and are not shown.", count, worth));
}

/* A number as a programmer expects it: small ones in decimal, addresses in hexadecimal. */
function number(value) {
  if (typeof value !== "number") return String(value);
  if (value > -1000000 && value < 100000000) return String(value);
  return "0x" + BigInt.asUintN(64, BigInt(value)).toString(16);
}

/* A word of a shell's command. */
function shellWord(text) {
  const safe = inert(text);
  return /^[A-Za-z0-9_.,/+:@-]+$/.test(safe) && !safe.startsWith("-") ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}

function seal(of, kind) {
  return element("span", { class: `seal ${kind}` }, decoration(of.sign), element("span", { class: "seal-word" }, " ", of.word));
}
