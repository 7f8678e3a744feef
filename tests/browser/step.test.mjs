// A counterexample: stepping by keyboard, and what the picture, the source and the words say meanwhile.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, launch, open, toStudent } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const counter = (player) => player.locator(".counter").innerText();
const caption = (player) => player.locator(".caption").innerText();

test("the arrow keys, Home and End step; picture, source, table and caption follow", async () => {
  const page = await open(browser, "single.html");
  const player = page.locator(".player").first();
  const total = Number((await counter(player)).split(" / ")[1]);
  assert.ok(total > 5);
  await player.focus();
  for (let step = 2; step <= total; step++) {
    await page.keyboard.press("ArrowRight");
    assert.equal(await counter(player), `${step} / ${total}`);
    assert.deepEqual(await player.locator(".row.current").evaluateAll((rows) => rows.map((row) => row.dataset.step)), [String(step)]);
    assert.equal(await player.locator(".steps [aria-current=step]").getAttribute("data-step"), String(step));
    const place = player.locator(".now .place-name").filter({ hasText: ".c:" });
    const line = await place.count() === 0 ? null : (await place.innerText()).match(/\.c:(\d+)/)[1];
    const current = page.locator(".listing .line[aria-current]");
    assert.equal(await current.count(), line === null ? 0 : 1);
    if (line !== null) assert.equal(await current.locator(".line-number").innerText(), line);
  }
  await page.keyboard.press("ArrowRight");
  assert.equal(await counter(player), `${total} / ${total}`, "does not go beyond the end");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await counter(player), `${total - 1} / ${total}`);
  await page.keyboard.press("Home");
  assert.equal(await counter(player), `1 / ${total}`);
  await page.keyboard.press("End");
  assert.equal(await counter(player), `${total} / ${total}`);
  assert.equal(await player.locator(".caption").getAttribute("aria-live"), "polite");
  assert.match(await caption(player), /critical section/);
  assert.match(await caption(player), /Here the violation shows/);
  await close(page);
});

test("buttons and clicks step as well", async () => {
  const page = await open(browser, "single.html");
  const player = page.locator(".player").first();
  await player.getByRole("button", { name: "Step on" }).click();
  assert.match(await counter(player), /^2 /);
  await player.getByRole("button", { name: "Step back" }).click();
  assert.match(await counter(player), /^1 /);
  await player.locator(".row[data-step='4'] .label").click();
  assert.match(await counter(player), /^4 /);
  await close(page);
});

test("a stale read has an arrow from the store that it saw, and one from the newest", async () => {
  const page = await open(browser, "single.html");
  const player = page.locator(".player").first();
  const stale = player.locator(".row.stale");
  assert.equal(await stale.count(), 1);
  assert.equal(await player.locator(".read-from").count(), 1);
  assert.equal(await player.locator(".not-seen").count(), 1);
  await stale.locator(".label").click();
  const said = await caption(player);
  const [, seen, newest] = said.match(
    /it sees (?:the value from before the first step|the store of step (\d+)), although thread 0 wrote 1 in step (\d+)/);
  const y = (step) => player.locator(`.row[data-step='${step}'] .label`).getAttribute("y").then(Number);
  const begins = async (path) => Number((await player.locator(path).getAttribute("d")).match(/^M\S+ ([\d.]+)/)[1]);
  const origin = player.locator(".tag.stale");
  if (seen === undefined) {
    assert.equal(await origin.textContent(), "before: 0");
    assert.ok(await begins(".read-from") < await y(1), "begins above the first step");
  } else {
    assert.ok(Number(seen) < Number(newest));
    assert.ok(Math.abs(await begins(".read-from") - await y(seen)) < 8, "begins at the store's row");
  }
  assert.ok(Math.abs(await begins(".not-seen") - await y(newest)) < 8);
  await close(page);
});

test("critical sections are bars, two threads inside are marked, switches are drawn", async () => {
  const page = await open(browser, "single.html");
  const player = page.locator(".player").first();
  assert.ok(await player.locator(".section").count() >= 2);
  assert.equal(await player.locator(".both-inside").count(), 1);
  assert.ok(await player.locator("path.switch").count() >= 1);
  assert.ok(await player.locator(".row.culprit").count() >= 1);
  assert.ok(await page.locator(".listing .line.marked").count() >= 2);
  await close(page);
});

test("a cycle is marked as such", async () => {
  const page = await open(browser, "class.html");
  await toStudent(page, "🔒💥");
  const player = page.locator(".player").first();
  assert.equal(await player.locator("path.cycle").count(), 1);
  const said = await player.locator(".steps tbody").evaluate((body) => body.textContent);
  assert.match(said, /From here to step \d+ it can repeat for ever/);
  assert.ok(await page.locator(".badge", { hasText: "hidden from students" }).count() === 1);
  await close(page);
});

test("for students: how many hidden checks, and nothing of them", async () => {
  const page = await open(browser, "students.html");
  const note = "1 hidden check, worth 20 points, counts too and is not shown.";
  assert.equal(await page.locator(".hidden-note").innerText(), note);
  assert.equal(await page.locator(".grades thead th").count(), 3 + 3);
  await toStudent(page, "🔒💥");
  assert.equal(await page.locator(".hidden-note").innerText(), note);
  assert.match(await page.locator(".verdict").innerText(), /80 of 80 points that are shown/);
  assert.equal(await page.locator("section.check").count(), 3);
  assert.equal((await page.content()).includes("bounded-waiting"), false);
  await close(page);
});

test("the table tells each step", async () => {
  const page = await open(browser, "single.html");
  const player = page.locator(".player").first();
  await player.locator(".as-table summary").click();
  const total = Number((await counter(player)).split(" / ")[1]);
  const rows = player.locator(".steps tbody tr");
  assert.equal(await rows.count(), total);
  for (const text of await rows.allInnerTexts()) assert.match(text, /thread \d/i);
  await close(page);
});

test("grade --format html: the submission alone", async () => {
  const page = await open(browser, "single.html");
  assert.equal(await page.locator(".grades").count(), 0);
  assert.equal(await page.getByRole("navigation").count(), 0);
  assert.match(await page.locator(".verdict").innerText(), /20 of 80 points that are shown/);
  await close(page);
});

test("a shared object: no source, and nothing missing otherwise", async () => {
  const page = await open(browser, "class.html");
  await toStudent(page, "only_an_object");
  assert.equal(await page.locator(".source").count(), 0);
  assert.equal(await page.locator(".check").count(), 4);
  await close(page);
});

test("the page is headed by the file's name, not by the path to it", async () => {
  const page = await open(browser, "three.html");
  assert.equal(await page.locator("h1").innerText(), "anderson_two_slots.c");
  assert.equal(await page.title(), "anderson_two_slots.c – syncgrade");
  assert.match(await page.locator(".who").innerText(), /\/lock\/anderson_two_slots\.c · exercise lock/);
  await close(page);
});

test("one cause is told once: its card first, and what follows from it folded, as the text has it", async () => {
  const page = await open(browser, "three.html");
  const cards = page.locator("#main section.check:visible");
  assert.equal(await cards.first().locator(".seal").first().innerText(), "✗ fail");
  assert.equal(await cards.first().locator(".picture").count(), 1);
  const folded = await page.locator(".folded > summary").allInnerTexts();
  assert.match(folded.join("\n"), /✗ \d+ points, also because of this: .*thirty-two\/mutual-exclusion/);
  assert.match(folded.at(-1), /^i \d remarks? without points$/);
  const shown = await cards.evaluateAll((all) => all.map((card) => card.getAttribute("aria-label")));
  assert.ok(shown.length <= 3, shown.join(", "));
  assert.equal(await page.locator("section.check").count(), 12, "folded ones are there as well");
  await close(page);
});
