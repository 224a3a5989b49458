/** `wheelhouse prompts`: what prompt_tracker prints, and what its faults were. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { AT, historyLine } from '../../adapters/prompts/stage.ts';
import { stage } from './stage.ts';

async function promptsStage(t: TestContext, lines: string) {
  const s = await stage(t, { git: false });
  mkdirSync(join(s.home, '.claude'));
  writeFileSync(join(s.home, '.claude/history.jsonl'), lines);
  const prompts = async (...args: string[]) => s.wheelhouse(['prompts', ...args]);
  const says = async (...args: string[]) => {
    const { code, stdout, stderr } = await prompts(...args);
    assert.deepEqual([code, stderr], [0, ''], args.join(' '));
    return stdout;
  };
  return { ...s, prompts, says };
}

const long = `${'long '.repeat(20)}end`;
const lines =
  historyLine('fix it', AT) +
  historyLine('/login please\nexplain', AT + 60_000, { project: '/work/web' }) +
  historyLine('/login', AT + 120_000) +
  historyLine(long, AT + 86_400_000, { sessionId: 's-2' });

test('sync, list, rate, note, show and stats', async (t) => {
  const s = await promptsStage(t, lines);
  assert.equal(await s.says('list'), 'No prompts found\n');
  assert.equal(await s.says('list', '--format', 'json'), '[]\n');
  assert.equal(await s.says('sync'), '✓ Synced 4 new prompts\n');
  assert.equal(await s.says('sync'), '✓ Synced 0 new prompts\n');
  assert.equal(
    await s.says('list'),
    `[   4] ☆☆☆☆☆ 2025-10-03 10:13 - ${long.slice(0, 80)}...\n[   2] ☆☆☆☆☆ 2025-10-02 10:14 - /login please explain\n[   1] ☆☆☆☆☆ 2025-10-02 10:13 - fix it\n`,
  );
  assert.equal(await s.says('rate', '1', '4'), '✓ Rated prompt #1 as ★★★★☆\n');
  assert.equal(await s.says('note', '1', 'short and clear'), '✓ Added note to prompt #1\n');
  assert.equal(await s.says('list', '--min-rating', '4'), '[   1] ★★★★☆ 2025-10-02 10:13 - fix it\n       Note: short and clear\n');
  assert.equal(await s.says('show', '1'), 'ID:        1\nTimestamp: 2025-10-02 10:13:20\nRating:    ★★★★☆\nProject:   /work/app\nNote:      short and clear\n\nPrompt:\nfix it\n');
  assert.equal(
    await s.says('stats'),
    'Total prompts: 4\nRated prompts: 1 (25.0%)\nAverage rating: 4.00\n\nRating distribution:\n  ★★★★☆    1 █\n\nTop projects by prompt count:\n     3 app  /work/app\n     1 web  /work/web\n',
  );
  assert.equal(await s.says('rate', '1', '0'), '✓ Rated prompt #1 as ☆☆☆☆☆\n');
  const cases: [args: string[], ids: number[]][] = [
    [['--include-slash-commands'], [4, 3, 2, 1]],
    [['--limit', '1'], [4]],
    [['--search', 'LOGIN'], [2]],
    [['--project', '/work/web'], [2]],
    [['--date-from', '2025-10-03'], [4]],
    [['--date-to', '2025-10-02'], [2, 1]],
    [['--date-from', '2025-10-04'], []],
  ];
  for (const [args, ids] of cases) assert.deepEqual((JSON.parse(await s.says('list', '--json', ...args)) as { id: number }[]).map(({ id }) => id), ids, args.join(' '));
  assert.equal(
    await s.says('list', '--format', 'json', '--search', 'fix'),
    `[{"id": 1, "timestamp": ${AT}, "display": "fix it", "project": "/work/app", "rating": null, "note": "short and clear", "pasted_contents": "{}", "sessionId": "s-1", "agent": "claude"}]\n`,
  );
  assert.match(await s.says('words', '--limit', '1'), /^ +20 {2}long\n$/);
});

test('what is refused, and how', async (t) => {
  const s = await promptsStage(t, lines);
  await s.says('sync');
  const cases: [args: string[], code: number, says: RegExp][] = [
    [['rate', '99', '3'], 1, /^wheelhouse: Prompt #99 not found\./],
    [['show', '99'], 1, /not found/],
    [['note', '0', 'x'], 2, /whole number/],
    [['rate', '1', '6'], 2, /from 0 to 5/],
    [['rate', 'x', '3'], 2, /whole number/],
    [['list', '--date-from', '2025-02-30'], 2, /a day such as/],
    [['list', '--min-rating', '9'], 2, /from 1 to 5/],
    [['list', '--format', 'xml'], 2, /one of text, json/],
    [['sync', '--history', 'nowhere'], 1, /is not there/],
    [['import-db', 'nowhere.db'], 1, /nowhere\.db/],
  ];
  for (const [args, code, says] of cases) {
    const ran = await s.prompts(...args);
    assert.deepEqual([ran.code, ran.stdout], [code, ''], args.join(' '));
    assert.match(ran.stderr, says);
    assert.equal(ran.stderr.trim().split('\n').length, 1);
  }
});

test('another history, exports, and a database that goes out and comes in', async (t) => {
  const s = await promptsStage(t, '');
  const other = join(s.home, 'other.jsonl');
  writeFileSync(other, lines);
  assert.equal(await s.says('sync', '--history', other), '✓ Synced 4 new prompts\n');
  await s.says('rate', '1', '5');
  await s.says('note', '2', 'a "note", with commas');
  const csv = await s.says('export', '--format', 'csv');
  assert.match(csv, /^ID,Timestamp,Time,Project,Rating,Prompt,Note\r\n1,1759400000000,2025-10-02 10:13:20,\/work\/app,5,fix it,\r\n/);
  assert.equal((JSON.parse(await s.says('export')) as unknown[]).length, 3);
  const db = join(s.home, 'instance.db');
  assert.match(await s.says('export-db', db), /^✓ Exported 4 prompts/);
  assert.equal((await s.prompts('export-db', db)).code, 1);
  const again = await s.says('import-db', db);
  assert.equal(again, '✓ Imported 0 new prompts (4 were known), 0 ratings and notes\n');
  await s.says('note', '2', '');
  await s.says('rate', '2', '2');
  assert.match(await s.says('import-db', db), /4 were known\), 1 ratings and notes/);
  const both = JSON.parse(await s.says('show', '2', '--json')) as { rating: number; note: string };
  assert.deepEqual([both.rating, both.note], [2, 'a "note", with commas'], 'what was rated here stays');
  const fresh = join(s.root, 'fresh');
  assert.equal(await s.says('import-db', db, '--data', fresh), '✓ Imported 4 new prompts (0 were known), 2 ratings and notes\n');
  assert.equal(await s.says('sync', '--history', other, '--data', fresh), '✓ Synced 0 new prompts\n');
  const known = (JSON.parse(await s.says('list', '--json', '--data', fresh)) as { id: number; rating: number | null; note: string | null; sessionId: string }[]).map(({ rating, note, sessionId }) => [rating, note, sessionId]);
  assert.deepEqual(known, [[null, null, 's-2'], [null, 'a "note", with commas', 's-1'], [5, null, 's-1']]);
});

test('publish: shown, into a folder, or by memento', async (t) => {
  const s = await promptsStage(t, historyLine('* heading\nwith a key sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuv-AAAA', AT));
  await s.says('sync');
  assert.match(await s.says('publish', '1', '--dry-run', '--tags', 'a,b'), /^Dry run - would publish:\nNote ID: prompt-20251002-101320\nTitle: .*\nTags: a, b\n\nContent:\n-{60}\n/);
  const folder = join(s.home, 'notes');
  await s.says('publish', '1', '--folder', folder, '--note-id', 'mine');
  const note = readFileSync(join(folder, 'mine.org'), 'utf8');
  assert(!/^\* heading/m.test(note) && !note.includes('abcdefghijklmnop'));
  assert.equal((await s.prompts('publish', '1', '--folder', folder, '--note-id', 'mine')).code, 1, 'nothing is overwritten');
  const without = await s.prompts('publish', '1');
  assert.equal(without.code, 1);
  assert.match(without.stderr, /memento/);
  assert(existsSync(folder));
});
