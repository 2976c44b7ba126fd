// Reads the style sheets named as arguments by the grammar of the CSS specifications; prints what
// does not fit as a JSON list of lines.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { validate } from "csstree-validator";

// The library's grammar does not know that a page has margins (CSS Paged Media Module Level 3, 4).
const PAGE_MARGIN = "Unknown at-rule descriptor `margin`";

const found = [];
for (const path of process.argv.slice(2)) {
  for (const error of validate(readFileSync(path, "utf-8"), path)) {
    if (error.message.startsWith(PAGE_MARGIN)) continue;
    const value = error.css ? ` “${error.css}”` : "";
    found.push(`${basename(path)}:${error.line}: ${error.message.split("\n")[0]}${value}`);
  }
}
console.log(JSON.stringify(found));
