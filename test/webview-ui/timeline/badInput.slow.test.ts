/** Histories that nobody expects. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawn, spotOf } from './harness/canvas.ts';
import { startHarness, type Harness } from './harness/browser.ts';
import { timelineFile, type MadePrompt } from './harness/prompts.ts';

let harness: Harness;
before(async () => void (harness = await startHarness()), { timeout: 60_000 });
after(() => harness.close());

const noon = new Date('2025-10-02T12:00:00+02:00').getTime();

const texts = ['</script><script>window.broken = 1</script>', '<!-- <script>window.broken = 1', '<img src=x onerror="window.broken = 1">', 'left שלום עולם \u202Eevil\u202C right', 'zero\u200Bwidth\u200D\uFEFF', 'bell \u0007 null \u0000 escape \u001b[31m', 'family 👩‍👩‍👧‍👦 flag 🏳️‍🌈 half \uD83D', 'x'.repeat(200_000), '\uE000not a hit\uE001', '{{PROMPTS_DATA}} ${1+1} %s'];

test('hostile texts are only text: on the page, in the panel, in the list, in the table', async () => {
  const page = await harness.open(timelineFile(texts.map((text, i) => ({ at: noon + i * 60_000, text, project: `/repos/${text.slice(0, 40)}`, note: text, session: 's' }))));
  await page.locator('.ground').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  for (const text of texts) {
    const beginning = text.slice(0, 30).replace(/\u0000/g, '\uFFFD').toWellFormed();
    await page.waitForFunction((wanted) => (document.querySelector('.prompt-text')?.textContent ?? '').replaceAll('\u0000', '\uFFFD').toWellFormed().startsWith(wanted), beginning);
    const after = page.getByRole('button', { name: 'After in this session' });
    if (await after.count()) await after.click();
  }
  await page.keyboard.press('Escape');
  await page.locator('.search-field').fill('script');
  await page.locator('.result').first().waitFor();
  await page.getByRole('tab', { name: 'Table' }).click();
  await page.locator('.table-space [role="row"]').first().waitFor();
  await page.locator('.chip', { hasText: 'Project' }).click();
  assert.equal(await page.evaluate('window.broken'), undefined);
  assert.equal(await page.locator('img').count(), 0);
  await page.context().close();
});

const histories: readonly { readonly name: string; readonly prompts: readonly MadePrompt[]; readonly says: RegExp }[] = [
  { name: 'nothing', prompts: [], says: /^0 prompts$/ },
  { name: 'one prompt', prompts: [{ at: noon, text: 'x', rating: 5 }], says: /^1 prompt$/ },
  { name: 'one prompt without a project', prompts: [{ at: noon, text: '', project: '' }], says: /^1 prompt$/ },
  { name: 'a prompt of 1970', prompts: [{ at: 0, text: 'x' }, { at: noon, text: 'y' }], says: /^1 prompt$/ },
  { name: 'a prompt of the year 2300', prompts: [{ at: noon, text: 'x' }, { at: new Date('2300-01-01').getTime(), text: 'y' }], says: /^1 prompt$/ },
  { name: 'only prompts of the future', prompts: [{ at: new Date('2300-01-01').getTime(), text: 'y' }], says: /^1 prompt$/ },
  { name: 'times that no calendar has', prompts: [{ at: -8.64e15, text: 'x' }, { at: noon, text: 'y' }, { at: 9e15, text: 'z' }], says: /^1 prompt$/ },
  { name: 'ten prompts of one millisecond', prompts: Array.from({ length: 10 }, (_, i) => ({ at: noon, text: String(i), project: '/a' })), says: /^10 prompts$/ },
];
for (const { name, prompts, says } of histories) {
  test(`${name}: every tab opens, every key is safe`, async () => {
    const page = await harness.open(timelineFile(prompts));
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    assert.match((await page.locator('.toolbar-count').innerText()).replaceAll(',', ''), says);
    await page.locator('.ground').focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowUp', 'End', 'Enter', '0', '-', '+', 'PageDown', 't', 's', 'Escape', 'Escape', '3']) await page.keyboard.press(key);
    await page.getByTitle('Pick a day').click();
    await page.keyboard.press('Escape');
    for (const tab of ['Day', 'Theatre', 'Crawl', 'Stats', 'Table', 'Timeline']) {
      await page.getByRole('tab', { name: tab }).click();
      await drawn(page);
    }
    assert.deepEqual(errors, []);
    await page.context().close();
  });
}

test('500 projects: the busiest have lanes, the rest share one, and nothing is lost', async () => {
  const prompts = Array.from({ length: 3000 }, (_, i) => ({ at: noon + i * 1000, text: `prompt ${i}`, project: `/repos/project-${Math.floor(500 * (i / 3000) ** 2)}` }));
  const page = await harness.open(timelineFile(prompts));
  const counts = (await page.locator('.lane-count').allInnerTexts()).map((text) => Number.parseInt(text.replaceAll(',', ''), 10));
  assert(counts.length > 10 && counts.length < 30, String(counts.length));
  assert.equal(counts.reduce((a, b) => a + b, 0), 3000);
  assert.match(await page.locator('.lane.others').innerText(), /more/);
  await page.getByRole('button', { name: 'Project', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Find a project' }).fill('project-49');
  assert.equal(await page.locator('.check').count(), 11);
  await page.context().close();
});

test('a million prompts in one minute', { timeout: 120_000 }, async () => {
  const count = 1_000_000;
  const columns = { ...timelineFile([]), id: Array.from({ length: count }, (_, i) => i + 1), at: Array.from({ length: count }, (_, i) => noon + Math.floor((i * 60_000) / count)), text: new Array<string>(count).fill('x'), rating: new Array<number>(count).fill(4), note: new Array<string>(count).fill(''), project: new Array<number>(count).fill(0), agent: new Array<number>(count).fill(0), session: new Array<number>(count).fill(0), projects: [{ path: '/a', label: 'a' }], sessions: ['s'] };
  const page = await harness.open(columns);
  assert.equal(await page.locator('.toolbar-count').innerText(), '1,000,000 prompts');
  const day = await spotOf(page, 4);
  assert(day.pixels > 5);
  await page.locator('.ground').focus();
  for (let i = 0; i < 18; i++) await page.keyboard.press('+');
  await drawn(page);
  assert((await spotOf(page, 4)).pixels > day.pixels * 20, 'the minute fills the page');
  await page.context().close();
});
