// The class page: sorting, filtering, the way to a student and back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, launch, names, open, toStudent } from "./browser.mjs";

const STUDENTS = 12;
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function scores(page) {
  const texts = await page.locator(".grades tbody td:nth-child(3)").allInnerTexts();
  return texts.map((text) => text === "–" ? -1 : Number(text.split("/")[0]));
}

test("every column sorts, both ways, and says so", async () => {
  const page = await open(browser, "class.html");
  assert.equal((await names(page)).length, STUDENTS);
  const heads = page.locator(".grades thead th");
  const columns = await heads.count();
  assert.equal(columns, 3 + 4);
  for (let column = 0; column < columns; column++) {
    const head = heads.nth(column), button = head.getByRole("button");
    const direction = async () => head.getAttribute("aria-sort");
    const cells = () => page.locator(`.grades tbody tr > :nth-child(${column + 1})`).allInnerTexts();
    if (await direction() === null) await button.click();
    assert.equal(await direction(), "ascending");
    const up = await cells();
    await button.press("Enter");
    assert.equal(await direction(), "descending");
    const down = await cells();
    assert.notDeepEqual(up, down, `column ${column}`);
    assert.deepEqual([...new Set(down)], [...new Set(up)].reverse(), `column ${column} turned round`);
    assert.equal(await page.locator(".grades th[aria-sort]").count(), 1);
  }
  await close(page);
});

test("scores sort as numbers, with those not graded first", async () => {
  const page = await open(browser, "class.html");
  await page.getByRole("button", { name: "Score" }).click();
  const up = await scores(page);
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  assert.equal(up[0], -1);
  assert.equal(up.at(-1), 100);
  await close(page);
});

test("filters by name, verdict and check, alone and together", async () => {
  const page = await open(browser, "class.html");
  const search = page.getByLabel("Name"), verdict = page.getByLabel("Verdict"), check = page.getByLabel("Check", { exact: true });
  await search.fill("김민");
  assert.deepEqual(await names(page), ["김민지"]);
  await search.fill("zoë m");
  assert.deepEqual(await names(page), ["Zoë Müller"]);
  assert.equal(await page.getByRole("status").innerText(), "1 of 12 submissions.");
  await search.fill("KIM");
  assert.deepEqual(await names(page), ['=cmd() , "kim"']);
  await search.fill("");
  await verdict.selectOption("error");
  assert.deepEqual(await names(page), ["machine_failed"]);
  await verdict.selectOption("fail");
  await check.selectOption("fail counter/mutual-exclusion");
  assert.deepEqual((await names(page)).sort(), ["<img src=x onerror=alert(1)>", "Zoë Müller"]);
  await verdict.selectOption("pass");
  assert.deepEqual(await names(page), []);
  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal((await names(page)).length, STUDENTS);
  await close(page);
});

test("statistics count, and lead to those who are counted", async () => {
  const page = await open(browser, "class.html");
  const tile = async (name) => Number(await page.locator(".tile", { hasText: new RegExp(`${name}$`) }).locator("dd").innerText());
  assert.deepEqual([await tile("pass"), await tile("fail"), await tile("not graded")], [6, 5, 1]);
  const row = page.locator(".tallies tbody tr", { hasText: "bounded-waiting" });
  const failed = Number(await row.getByRole("button").innerText());
  await row.getByRole("button").click();
  assert.equal((await names(page)).length, failed);
  const reason = page.locator(".reasons li").first();
  const count = parseInt(await reason.getByRole("button").innerText(), 10);
  await reason.getByRole("button").click();
  assert.equal((await names(page)).length, count);
  assert.ok(await page.locator(".chosen").isVisible());
  await close(page);
});

test("each cell has its word for a screen reader", async () => {
  const page = await open(browser, "class.html");
  const words = await page.locator(".grades tbody td.status .spoken").allTextContents();
  assert.equal(words.length, STUDENTS * 4);
  // A pass by less than all executions says by how much.
  assert.deepEqual([...new Set(words.map((word) => word.replace(/^pass, Explored: all with up to .*\.$/, "pass")))].sort(), ["fail", "not run", "pass"]);
  await close(page);
});

test("a name leads to the student, Back returns to the place, and addresses can be kept", async () => {
  const page = await open(browser, "class.html", { height: 500 });
  await page.getByRole("link", { name: "Zoë Müller" }).scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  await toStudent(page, "Zoë Müller");
  assert.equal(await page.title(), "Zoë Müller – syncgrade");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  assert.equal(await page.evaluate(() => scrollY), 0);
  const address = page.url();
  await page.goBack();
  await page.locator(".grades").waitFor();
  assert.equal(await page.evaluate(() => scrollY), place);
  await page.goto("about:blank");
  await page.goto(address);
  assert.equal(await page.locator("h1").innerText(), "Zoë Müller");
  await page.getByRole("link", { name: "Next submission" }).click();
  assert.notEqual(await page.locator("h1").innerText(), "Zoë Müller");
  await page.getByRole("link", { name: "All submissions" }).click();
  assert.equal((await names(page)).length, STUDENTS);
  await close(page);
});

test("without JavaScript: names and scores", async () => {
  const page = await open(browser, "class.html", { javaScriptEnabled: false });
  const text = await page.locator("noscript").innerText();
  assert.match(text, /JavaScript/);
  assert.match(text, /Zoë Müller\s+fail\s+40\/100/);
  assert.match(text, /machine_failed\s+error\s+not graded/);
  assert.equal(await page.locator("noscript tbody tr").count(), STUDENTS);
  assert.equal(await page.locator("noscript img").count(), 0);
  await close(page);
});
