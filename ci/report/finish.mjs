// Takes out of a site what asks a server elsewhere, and adds the file that its script asks for in vain.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [site] = process.argv.slice(2);
const page = join(site, "index.html");
// Allure counts its readers at Google, and has no setting for it. A report speaks of a store: nobody else needs to know.
const text = readFileSync(page, "utf8").replace(/<script async src="https:[^>]*><\/script>\s*<script>[\s\S]*?<\/script>/, "");
if (/googletagmanager/.test(text)) {
  console.error(`${page}: still asks elsewhere; ci/report/finish.mjs does not know this version of Allure`);
  process.exit(6);
}
writeFileSync(page, text);
const metrics = join(site, "widgets", "metrics.json");
if (!existsSync(metrics)) {
  mkdirSync(join(site, "widgets"), { recursive: true });
  writeFileSync(metrics, JSON.stringify({ current: [], history: [] }));
}
