// Lighthouse's phone on many pages, in one browser. Reads {origin, paths, runs, flags} from standard input; writes for
// every run one line of JSON: path, scores in per cent, the figures, and the audits that cost points.
// Runs in .cache/tools, beside what it imports.
import { readFileSync } from "node:fs";
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const { origin, paths, runs, flags } = JSON.parse(readFileSync(0, "utf8"));
const chrome = await launcher.launch({ chromeFlags: flags });

// On a busy machine a trace now and then misses its first paint; then it is taken again.
const measured = async (path, tries = 3) => {
  const { lhr } = await lighthouse(origin + path, { port: chrome.port, logLevel: "silent", onlyCategories: CATEGORIES });
  if (lhr.audits["largest-contentful-paint"].numericValue !== undefined) return lhr;
  if (tries === 1) throw new Error(`${path}: ${lhr.runtimeError?.message ?? "not measured"}`);
  return measured(path, tries - 1);
};

try {
  for (let run = 0; run < runs; run++) {
    for (const path of paths) {
      const lhr = await measured(path);
      const categories = CATEGORIES.map((id) => lhr.categories[id]);
      const figure = (id) => lhr.audits[id].numericValue;
      const lost = categories.flatMap(({ auditRefs }) => auditRefs)
        .filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 0.995)
        .map(({ id }) => id);
      console.log(JSON.stringify({
        path, lost,
        scores: categories.map(({ score }) => Math.round(score * 100)),
        lcp: figure("largest-contentful-paint"), tbt: figure("total-blocking-time"),
        cls: figure("cumulative-layout-shift"), bytes: figure("total-byte-weight"),
      }));
    }
  }
} finally {
  await chrome.kill();
}
