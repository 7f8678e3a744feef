// Phone, dark mode, paper, accessibility; and screenshots of them, to be looked at.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axePath, close, launch, noSidewaysScroll, open, shots, toStudent } from "./browser.mjs";

let browser;
before(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
after(() => browser.close());

const PHONE = { width: 360, height: 780, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

async function toStaleRead(page) {
  await page.locator(".player .row.stale .label").first().click();
}

async function shoot(page, name, fullPage = false) {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage });
}

async function violations(page) {
  // As a test's own code, which the page's policy does not bind.
  await page.context().newCDPSession(page).then((session) => session.send("Page.setBypassCSP", { enabled: true }));
  await page.reload();
  await page.addScriptTag({ path: axePath });
  const result = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  assert.ok(result.passes.some((rule) => rule.id === "color-contrast"), "contrast was looked at");
  return result.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => `${node.target} ${node.failureSummary}`).slice(0, 3).join(" | ")}`);
}

for (const scheme of ["light", "dark"]) {
  test(`${scheme}: class page and counterexample, axe finds nothing`, async () => {
    const page = await open(browser, "class.html", { colorScheme: scheme });
    await shoot(page, `class-${scheme}`, true);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
    assert.ok(scheme === "dark" ? Math.max(...ground) < 60 : Math.min(...ground) > 200, `ground ${ground}`);
    assert.deepEqual(await violations(page), []);
    await toStudent(page, "Zoë Müller");
    await toStaleRead(page);
    await shoot(page, `counterexample-${scheme}`, true);
    assert.deepEqual(await violations(page), []);
    await close(page);
  });
}

test("a phone: no label is cut, however narrow the lanes are", async () => {
  const page = await open(browser, "monitor.html", PHONE);
  const labels = page.locator(".picture .label");
  await labels.first().waitFor();
  const texts = await labels.allTextContents();
  assert.ok(texts.some((text) => /wait\(condition ?\d\)/.test(text)), texts.join(" | "));
  assert.deepEqual(texts.filter((text) => text.includes("…")), []);
  const outside = await page.locator(".picture").first().evaluate((picture) => {
    const lane = picture.querySelectorAll(".lane-edge");
    const edges = [...lane].map((line) => line.getBoundingClientRect().left).concat(picture.getBoundingClientRect().right);
    return [...picture.querySelectorAll(".label")].filter((label) => {
      const { left, right } = label.getBoundingClientRect();
      return right > edges.find((edge) => edge > left);
    }).map((label) => label.textContent);
  });
  assert.deepEqual(outside, []);
  await close(page);
});

test("a phone: nothing is wider than the window, lanes side by side", async () => {
  const page = await open(browser, "class.html", PHONE);
  await noSidewaysScroll(page);
  await shoot(page, "class-phone", true);
  for (const name of await page.locator(".grades tbody th").allInnerTexts()) {
    await toStudent(page, name);
    await noSidewaysScroll(page);
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
    await noSidewaysScroll(page);
    await page.getByRole("link", { name: "All submissions" }).click();
  }
  await toStudent(page, "Zoë Müller");
  await toStaleRead(page);
  const { content, room } = await page.locator(".canvas").first().evaluate((canvas) => ({ content: canvas.scrollWidth, room: canvas.clientWidth }));
  assert.ok(content <= room + 1, `two lanes take ${content} of ${room} pixels`);
  await shoot(page, "counterexample-phone", true);
  await close(page);
});

test("a phone: the score stands beside the name of its check, however long that is", async () => {
  const page = await open(browser, "monitor.html", PHONE);
  for (const head of await page.locator("section.check:visible h3").all()) {
    const top = (await head.boundingBox()).y, score = await head.locator(".points").boundingBox();
    assert.ok(score.y < top + 8, `the score begins ${score.y - top} pixels below`);
    assert.ok(score.height < 30, "in a line");
  }
  const current = await page.locator(".picture .row.current .label").first().boundingBox();
  assert.ok(current.x >= 0 && current.x < PHONE.width, `the first step, thread 2's, is shown ${current.x} pixels from the left`);
  await shoot(page, "monitor-phone", true);
  await close(page);
});

test("paper: folded parts are printed, controls are not", async () => {
  const page = await open(browser, "single.html");
  await toStaleRead(page);
  const pdf = await page.pdf({ format: "A4" });
  writeFileSync(join(shots, "counterexample.pdf"), pdf);
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  assert.ok(pages.length >= 2, `${pages.length} pages`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".toolbar").first().isVisible(), false);
  assert.equal(await page.locator(".picture").first().isVisible(), true);
  const whole = await page.locator(".canvas").first().evaluate((canvas) => canvas.scrollHeight <= canvas.clientHeight + 1);
  assert.ok(whole, "the picture is cut");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("details:not([open])").count(), 0);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.ok(await page.locator("details:not([open])").count() > 0);
  const shown = await open(browser, "class.html");
  const table = await shown.pdf({ format: "A4" });
  assert.ok(table.length > 20000);
  writeFileSync(join(shots, "class.pdf"), table);
  await close(shown);
  await close(page);
});

test("no line is broken within an arrow of C", async () => {
  const page = await open(browser, "class.html");
  await toStudent(page, "<img src=x onerror=alert(1)>");
  const arrows = await page.locator("p.message:visible .whole").evaluateAll((all) => all.map((arrow) => [arrow.textContent, getComputedStyle(arrow).whiteSpace]));
  assert.ok(arrows.length > 0 && arrows.every(([text, space]) => /^.->.$/.test(text) && space === "nowrap"), arrows.join(" | "));
  await close(page);
});

test("landmarks and headings", async () => {
  const page = await open(browser, "single.html");
  for (const role of ["main", "banner", "contentinfo"]) assert.equal(await page.getByRole(role).count(), 1, role);
  assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  assert.ok(await page.getByRole("heading", { level: 2 }).count() >= 2);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await close(page);
});
