// A lecture: the class at a glance, a page to project for each cause, and nobody in it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axePath, close, launch, noSidewaysScroll, open, outputs, shots } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(readFileSync(join(outputs, "lecture.html"), "utf8"))[1]);

test("Page Down turns the pages: points, what went wrong, and one interleaving for each", async () => {
  const page = await open(browser, "lecture.html", { height: 800 });
  assert.equal(await page.locator(".histogram").count(), 2);
  const counts = await page.locator(".histograms figcaption").allInnerTexts();
  assert.match(counts[0], /^2023: \d+ graded, mean \d+ %, median \d+ %$/);
  const shares = (await page.locator(".shares tbody tr td:nth-child(3)").allInnerTexts()).map((text) => parseInt(text, 10));
  const counted = shares.slice(0, data.tallies.filter((tally) => !tally.remark).length);
  assert.deepEqual(counted, [...counted].sort((a, b) => b - a));
  await page.screenshot({ path: join(shots, "lecture.png") });
  await page.keyboard.press("PageDown");
  assert.equal(await page.locator("h1").innerText(), "What went wrong");
  assert.equal(await page.locator(".cause-table tbody tr").count(), data.causes.length);
  const numbers = (await page.locator(".cause-table tbody tr td:first-child").allInnerTexts()).map(Number);
  assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
  for (let number = 0; number < 3; number++) {
    await page.keyboard.press("PageDown");
    await page.locator("header", { hasText: `${number + 3} / ` }).waitFor();
    assert.equal(await page.locator(".player .picture").count(), data.causes[number].check.counterexample === null ? 0 : 1);
    await noSidewaysScroll(page);
  }
  await page.screenshot({ path: join(shots, "lecture-cause.png") });
  await page.keyboard.press("PageUp");
  await page.locator("header", { hasText: "4 / " }).waitFor();
  await close(page);
});

test("the bars' labels stand apart, none is cut, and red is what has failed", async () => {
  const page = await open(browser, "lecture.html", { height: 800 });
  const { labels, right } = await page.locator(".histogram").first().evaluate((picture) => ({
    labels: [...picture.querySelectorAll(".axis")].map((label) => label.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
    right: picture.getBoundingClientRect().right }));
  assert.equal(labels.length, 11);
  labels.forEach((label, i) => assert.ok(label.right < (labels[i + 1]?.left ?? right), `label ${i} ends at ${label.right}`));
  const bars = await page.locator(".shares .bar .fail").evaluateAll((all) => all.map((bar) => Number(bar.getAttribute("width"))));
  data.tallies.forEach((tally, i) => assert.equal(bars[i], tally.failed));
  assert.ok(data.tallies.some((tally) => tally.share + tally.failed < 99), "some could not be judged, or did not count");
  await close(page);
});

test("the counterexample can be stepped through with the arrows, and is in one piece on paper", async () => {
  const page = await open(browser, "lecture.html", { hash: "#/2" });
  await page.locator(".counter", { hasText: "1 / " }).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.locator(".counter", { hasText: "2 / " }).waitFor();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator(".sheet").count(), data.causes.length + 2);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator(".sheet").count(), 0);
  await close(page);
});

test("nobody is named: no names, no files, no comments", () => {
  const html = readFileSync(join(outputs, "lecture.html"), "utf8");
  assert.equal(/student\d\d\d|Student No\./.test(html), false);
  for (const { source, check } of data.causes) {
    assert.equal(source.file, "submission.c");
    assert.equal(/\/\*|\/\//.test(source.text), false);
    for (const step of check.counterexample?.steps ?? []) assert.equal((step.file ?? "").includes("/"), false);
  }
  for (const file of ["no_lock.c", "hyman.c", "test_then_set.c", "strict_alternation.c"]) assert.equal(html.includes(file), false, file);
});

test("each page of the lecture is accessible", async () => {
  for (const hash of ["", "#/1", "#/2"]) {
    const page = await open(browser, "lecture.html", { hash });
    await page.evaluate(readFileSync(axePath, "utf8"));
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    await page.context().close();
  }
});
