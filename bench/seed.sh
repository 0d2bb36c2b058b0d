#!/usr/bin/env bash
# Prints seconds, processor seconds and peak memory of one cold review.
# Usage: bench/seed.sh [FILE]     (default: ../shared/real/seed.txt, else the fixture)
set -u
cd "$(dirname "$0")/.." || exit 2
file=${1:-../shared/real/seed.txt}
[ -f "$file" ] || file=fixtures/guard-only-the-take.patch
node -e '
const { spawnSync } = require("node:child_process");
const started = process.hrtime.bigint();
const { status } = spawnSync(process.execPath, ["dist/cli/main.js", process.argv[1], "--format", "json"]);
const wall = Number(process.hrtime.bigint() - started) / 1e9;
const out = spawnSync(process.execPath, ["-e", `
  process.argv.splice(1, 0, "x");
  process.on("exit", () => { const u = process.resourceUsage();
    process.stderr.write("\\n@" + JSON.stringify({cpu: (u.userCPUTime + u.systemCPUTime) / 1e6, rss: u.maxRSS / 1024})); });
  import(require("node:url").pathToFileURL("dist/cli/main.js").href);
`, process.argv[1], "--format", "json"], { encoding: "utf8" });
const cost = JSON.parse(out.stderr.split("\n@").at(-1) || "{}");
console.log(`wall ${wall.toFixed(2)} s  cpu ${cost.cpu?.toFixed(2)} s  memory ${cost.rss?.toFixed(0)} MB  exit ${status}`);
' "$file"
