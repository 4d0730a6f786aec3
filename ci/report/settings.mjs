// Prints Allure's settings: history, and the categories that the plugin wrote among the results.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [results, history] = process.argv.slice(2);
const file = join(results, "categories.json");
const rules = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
console.log(JSON.stringify({
  name: "Walkout Rig",
  historyPath: resolve(history),
  historyLimit: 60,
  appendHistory: true,
  categories: { rules },
  plugins: { awesome: { options: { reportName: "Walkout Rig", groupBy: ["parentSuite", "suite", "subSuite"] } } },
}, null, 1));
