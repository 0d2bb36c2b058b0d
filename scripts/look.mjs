// Pictures of a review in HTML, as Chromium draws it: `node scripts/look.mjs REVIEW.html FOLDER`.
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [file, folder] = process.argv.slice(2);
if (file === undefined || folder === undefined) {
  process.stderr.write('usage: node scripts/look.mjs REVIEW.html FOLDER\n');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 400]) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    page.on('console', (message) => process.stderr.write(`console: ${message.text()}\n`));
    page.on('pageerror', (error) => process.stderr.write(`error: ${error.message}\n`));
    await page.goto(pathToFileURL(resolve(file)).href);
    const name = join(folder, `${basename(file, '.html')}-${colorScheme}-${width}`);
    await page.screenshot({ path: `${name}.png` });
    const player = page.locator('.player').first();
    if ((await player.count()) > 0) {
      await player.scrollIntoViewIfNeeded();
      await page.evaluate(() => document.querySelector('.finding')?.scrollIntoView());
      await page.screenshot({ path: `${name}-finding.png` });
      await player.locator('[data-go="last"]').click();
      await player.screenshot({ path: `${name}-player.png` });
    }
    await page.close();
  }
}
await browser.close();
