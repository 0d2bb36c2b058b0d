import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { renderHtml } from '../../../src/review/html/page.ts';
import { HOSTILE, hostileReview } from '../hostile.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const GOLDEN = 'test/review/golden/guard-only-the-take.patch.html';
const SLOW = 120_000;

let browser: Browser;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-'));
  if (existsSync(CHROMIUM)) {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  } else {
    process.stderr.write(`SKIPPED: the page in a browser: ${CHROMIUM} is not here\n`);
  }
}, SLOW);

afterAll(async () => {
  if (existsSync(CHROMIUM)) {
    await browser.close();
  }
  rmSync(folder, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** What went wrong, was refused, asked for or opened. */
  readonly noise: string[];
}

async function open(file: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Opened> {
  const page = await browser.newPage(options);
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('dialog', (dialog) => {
    noise.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const own = pathToFileURL(resolve(file)).href;
  page.on('request', (request) => {
    if (request.url() !== own) {
      noise.push(`request ${request.url()}`);
    }
  });
  await page.goto(own);
  return { page, noise };
}

const inBrowser = existsSync(CHROMIUM) ? describe : describe.skip;

inBrowser('in Chromium', () => {
  test(
    'steps go by button, by key and from the list, and are told',
    async () => {
      const { page, noise } = await open(GOLDEN);
      const section = page.locator('#finding-1');
      const count = section.locator('.count');
      const start = await count.textContent();
      await section.locator('[data-go="first"]').click();
      expect(await count.textContent()).toMatch(/^Step 1 of \d+$/u);
      expect(await section.locator('[data-go="back"]').isDisabled()).toBe(true);
      await section.locator('[data-go="on"]').press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      expect(await count.textContent()).toMatch(/^Step 3 of/u);
      expect(await section.locator('.live').textContent()).toMatch(
        /^Step 3 of \d+\. Base: .+\. With the patch: /u,
      );
      const label = await section.locator('.player .after svg').getAttribute('aria-label');
      expect(label).toMatch(/^With the patch: owner D\d: ref 1/u);
      await page.keyboard.press('End');
      expect(await section.locator('[data-go="last"]').isDisabled()).toBe(true);
      const shown = await section.locator('.player .after .what').textContent();
      expect(shown).toMatch(/^assertion: /u);
      await section.locator('.jump').first().click();
      expect(await section.locator('tr[aria-current]').getAttribute('data-row')).toBe('0');
      await section.locator('[data-go]').last().click();
      expect(await count.textContent()).toBe(start);
      expect(noise).toEqual([]);
      await page.close();
    },
    SLOW,
  );

  test(
    'the theme is the one of the reader, until the button says otherwise',
    async () => {
      const { page } = await open(GOLDEN);
      const ground = async (): Promise<string> =>
        page.evaluate('getComputedStyle(document.body).backgroundColor');
      await page.emulateMedia({ colorScheme: 'light' });
      const light = await ground();
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await ground();
      expect(dark).not.toBe(light);
      await page.locator('.theme').click();
      expect(await ground()).toBe(light);
      await page.close();
    },
    SLOW,
  );

  test(
    'nothing is wider than a narrow screen, and without JavaScript all steps and graphs are there',
    async () => {
      const { page, noise } = await open(GOLDEN, { javaScriptEnabled: false });
      await page.setViewportSize({ width: 400, height: 800 });
      const section = page.locator('#finding-1');
      expect(await section.locator('.player').isVisible()).toBe(false);
      expect(await section.locator('.stills svg').first().isVisible()).toBe(true);
      expect(await section.locator('.steps tbody tr').last().isVisible()).toBe(true);
      const box = await page.locator('main').boundingBox();
      expect(box?.width).toBeLessThanOrEqual(400);
      expect(noise).toEqual([]);
      await page.close();
    },
    SLOW,
  );

  test(
    'each of several reviews has its own steps, and one button its theme',
    async () => {
      const file = join(folder, 'several.html');
      writeFileSync(file, renderHtml(hostileReview('a'), hostileReview('b')));
      const { page, noise } = await open(file);
      await page.setViewportSize({ width: 400, height: 800 });
      await page.locator('nav a').last().click();
      const [one, two] = ['#review-1', '#review-2'].map((id) =>
        page.locator(`${id} .count`).first(),
      );
      const before = await one?.textContent();
      await page.locator('#review-2 [data-go="last"]').first().click();
      expect(await one?.textContent()).toBe(before);
      expect(await two?.textContent()).toMatch(/^Step (\d+) of \1$/u);
      expect(await page.locator('.theme').count()).toBe(1);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(noise).toEqual([]);
      await page.close();
    },
    SLOW,
  );

  test.each(HOSTILE)(
    '%s runs nothing and asks for nothing',
    async (_, text) => {
      const file = join(folder, 'hostile.html');
      writeFileSync(file, renderHtml(hostileReview(text)));
      const { page, noise } = await open(file);
      await page.locator('[data-go="first"]').first().click();
      await page.keyboard.press('End');
      expect(noise).toEqual([]);
      expect(
        await page.evaluate('document.querySelectorAll("img, iframe, script:not([type])").length'),
      ).toBe(1);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.close();
    },
    SLOW,
  );
});
