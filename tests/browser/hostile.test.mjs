// Whatever a student wrote is inert: no dialogs, no errors, no requests, no elements of theirs, nothing reordered.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { close, launch, names, open, outputs, toStudent } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const NAMES = ["김민지", "Zoë Müller", "<img src=x onerror=alert(1)>", "O'Brien \"Bobby\" `&lt;b&gt;` --x", "🔒💥", '=cmd() , "kim"',
  "evil\\u202ec.gnp", "</script><script>alert(6)</script>", "only_an_object", "does_not_compile", "prints_markup", "machine_failed"];

// Translations, the table, our script, and the submissions, packed in one block.
const SCRIPTS = 4;

async function nothingOfTheirs(page) {
  const found = await page.evaluate(() => ({
    scripts: document.scripts.length, images: document.images.length, handlers: document.querySelectorAll("[onerror], [onload], [onclick]").length,
    frames: document.querySelectorAll("iframe, object, embed, base, form").length,
    overrides: /[\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText),
  }));
  assert.deepEqual(found, { scripts: SCRIPTS, images: 0, handlers: 0, frames: 0, overrides: false });
}

test("hostile names are shown as they are", async () => {
  const page = await open(browser, "class.html");
  const shown = await names(page);
  assert.deepEqual([...shown].sort(), shown.length === NAMES.length ? NAMES.map((name) => shown.find((each) => each === name) ?? `missing: ${name}`).sort() : NAMES);
  await nothingOfTheirs(page);
  await close(page);
});

for (const name of NAMES) {
  test(`the page of ${JSON.stringify(name)}`, async () => {
    const page = await open(browser, "class.html");
    await toStudent(page, name);
    assert.equal(await page.locator("h1").innerText(), name);
    for (const summary of await page.locator("summary").all()) if (await summary.isVisible()) await summary.click();
    await nothingOfTheirs(page);
    await close(page);
  });
}

test("what it printed, the compiler's words and the source are text", async () => {
  const page = await open(browser, "class.html");
  await toStudent(page, "prints_markup");
  const printed = await page.locator("pre.printed").innerText();
  assert.match(printed, /<\/script><script>alert\(4\)<\/script><img src=x onerror=alert\(5\)>\\u001b\[2J\\u0001\ufffd<!--<script>/);
  const source = await page.locator(".listing").innerText();
  assert.match(source, /Trojan source: \\u202e } \\u2066if/);
  await page.getByRole("link", { name: "All submissions" }).click();
  await toStudent(page, "does_not_compile");
  assert.match(await page.locator("pre.reason").innerText(), /<img src=x onerror=alert\(3\)>/);
  assert.match(await page.locator(".listing").innerText(), /<script>alert\(2\)<\/script>/);
  await close(page);
});

test("the command to replay is one that a shell takes as meant", async () => {
  const page = await open(browser, "class.html");
  await toStudent(page, "<img src=x onerror=alert(1)>");
  const command = await page.locator(".again code").first().textContent();
  assert.match(command, /^syncgrade replay --exercise \S+quick-lock 'class\/<img src=x onerror=alert\(1\)>\.c' --check counter\/mutual-exclusion --schedule \S+$/);
  await close(page);
});

test("in the page of one submission, which is not packed, nothing is markup either", () => {
  const html = readFileSync(join(outputs, "hostile.html"), "utf8");
  assert.equal(html.match(/<script/g).length, 3);
  assert.equal(html.match(/<\/script>/g).length, 3);
  assert.equal(html.includes("<img"), false);
});

test("the policy lets no other script run, and the file has no markup of theirs", async () => {
  const html = readFileSync(join(outputs, "class.html"), "utf8");
  assert.equal(html.match(/<script/g).length, SCRIPTS);
  assert.equal(html.match(/<\/script>/g).length, SCRIPTS);
  assert.equal(html.includes("<img"), false);
  assert.equal(/[\u2028\u2029]/.test(html), false);
  assert.match(html, /default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}='; style-src 'sha256-[A-Za-z0-9+/]{43}=';/);
  assert.equal(/https?:\/\/(?!www\.w3\.org)/.test(html.replace(/<script type="application\/json"[\s\S]*?<\/script>/, "")), false);
  const page = await open(browser, "class.html");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return window.ran === true;
  });
  assert.equal(ran, false);
  assert.ok(page.complaints.every((complaint) => complaint.includes("Content Security Policy")) && page.complaints.length > 0);
  await page.context().close();
});
