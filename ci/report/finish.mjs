// Takes out of a site what asks a server elsewhere, links each test to its run pages, and adds a file that is asked for in vain.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [site] = process.argv.slice(2);
const page = join(site, "index.html");
// Allure counts its readers at Google, and has no setting for it. A report speaks of a store: nobody else needs to know.
const text = readFileSync(page, "utf8").replace(/<script async src="https:[^>]*><\/script>\s*<script>[\s\S]*?<\/script>/, "");
if (/googletagmanager/.test(text)) {
  console.error(`${page}: still asks elsewhere; ci/report/finish.mjs does not know this version of Allure`);
  process.exit(6);
}
// Allure shows links with a whole address only, and what that is, is known where the site is read.
const whole = `<script>{
  const asked = window.fetch;
  window.fetch = async (what, ...how) => {
    const answer = await asked(what, ...how);
    if (!String(what.url ?? what).includes("data/test-results/") || !answer.ok) return answer;
    const test = await answer.json();
    for (const link of test.links ?? []) link.url = new URL(link.url, location.href).href;
    return new Response(JSON.stringify(test), { headers: { "Content-Type": "application/json" } });
  };
}</script>`;
writeFileSync(page, text.replace("</title>", () => `</title>${whole}`));
const metrics = join(site, "widgets", "metrics.json");
if (!existsSync(metrics)) {
  mkdirSync(join(site, "widgets"), { recursive: true });
  writeFileSync(metrics, JSON.stringify({ current: [], history: [] }));
}

const tests = join(site, "data", "test-results");
for (const name of readdirSync(tests)) {
  const file = join(tests, name);
  const test = JSON.parse(readFileSync(file, "utf8"));
  const pages = (test.attachments ?? []).map((each) => each.link).filter((link) => link?.name === "run page");
  pages.forEach(({ id, ext }, i) => {
    const text = pages.length > 1 ? `Open the page of run ${i + 1}` : "Open the run page";
    test.links.push({ name: text, url: `data/attachments/${id}${ext}`, type: "link" });
  });
  if (pages.length) writeFileSync(file, JSON.stringify(test));
}
