// A headless Chromium that tells of everything that a report must not do: dialogs, errors, requests.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");

export const axePath = require.resolve("axe-core/axe.min.js");
export const outputs = resolve(process.env.REPORT_OUTPUTS);
export const shots = resolve(process.env.REPORT_SCREENSHOTS);

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

/* Opens a report; page.complaints collects what must not be. */
export async function open(browser, file, { hash = "", width = 1280, height = 1000, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "en-US", ...options });
  const page = await context.newPage();
  const address = pathToFileURL(join(outputs, file)).href;
  page.complaints = [];
  page.on("dialog", (dialog) => {
    page.complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => page.complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.complaints.push(`error: ${error.stack}`));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address && request.url() !== "data:,") page.complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address + hash);
  return page;
}

export async function close(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

/* The names in the table, as shown, from top to bottom, when all are there. */
export async function names(page) {
  await page.locator(".grades tbody:not([aria-busy])").waitFor({ state: "attached" });
  return page.locator(".grades tbody th").allInnerTexts();
}

export async function toStudent(page, name) {
  await page.getByRole("link", { name, exact: true }).click();
  await page.locator("h1", { hasText: name }).waitFor();
}

export async function noSidewaysScroll(page) {
  const { wide, window } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: innerWidth }));
  assert.ok(wide <= window, `the page is ${wide} pixels wide in a window of ${window}`);
}
