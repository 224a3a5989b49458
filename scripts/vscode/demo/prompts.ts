/** A made-up prompt history of half a year: as Claude Code's own file, and as ratings in a database of the original tracker. */
import { DatabaseSync } from 'node:sqlite';

export interface DemoPrompt {
  readonly at: number;
  readonly text: string;
  readonly project: string;
  readonly session: string;
  /** 0 is unrated. */
  readonly rating: number;
  readonly note: string;
}

const projects = ['billable', 'appdaemon', 'memento', 'website', 'dotfiles', 'ledger', 'kiosk', 'trak', 'flashcards', 'notes-search'];
const parts = ['the invoice rounding', 'the retry loop', 'src/store.js', 'the CSV export', 'the session monitor', 'parse_args', 'the cache', 'the org reader', 'the login page', 'the deck import', 'the smoke test', 'the backup script'];
const short = ['Go on.', 'Yes, do that.', 'Now run the tests.', 'Why?', 'Undo the last change.', 'Looks good, commit it.', 'Try again, with less code.', 'Explain that in two sentences.'];
const medium = ['Fix $, it fails on an empty file.', 'Write a test for $ first, then change it.', 'Simplify $ and keep the diff small.', 'What does $ do when the network is gone?', 'Rename things in $ so that a stranger understands them.', 'Find out why $ got slower since last week.', 'Add an option to $, off by default.', 'Review $ as an attacker would.'];
const long = [
  'In $, numbers are rounded twice: once when a line is made, and once in the total. Round only in the total, in cents, half to even. Write the test first, with 0.5, 1.5 and 2.5 cents, and do not touch the printed format. Run make test before you say that it is done.',
  'Split $ into reading, deciding and writing. The deciding part must be a pure function with a table of cases as its test: empty input, one entry, many, a duplicate, one that is damaged. Keep the public names. Show me the plan before you write code.',
  'We lose data when two windows save at once. Look at $ and tell me in which order things can happen. Then propose the smallest change that cannot lose a line, and name what it costs. No new dependency.',
  'Please make $ fast enough for 100,000 entries. Measure first and tell me the figure, then change one thing at a time, and measure again after each. Stop when it takes less than 50 ms, and list what you have tried and thrown away.',
];
const notes = ['Named the file and the test: right at once.', 'Too vague, it changed three files.', 'Good: measure first.', 'Use again as a template.'];

/** @param end The last moment, milliseconds. Always the same history for the same moment. */
export function demoPrompts(end: number, count = 1800, days = 180): readonly DemoPrompt[] {
  const next = random(11);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const prompts: DemoPrompt[] = [];
  for (let session = 1; prompts.length < count; session++) {
    // Some sessions are of the last hours, so that the first view has something to show.
    const isLate = session % 14 === 0;
    const date = new Date(end - Math.floor(next() ** 1.3 * days) * 86_400_000);
    if (!isLate && (date.getDay() === 0 || date.getDay() === 6) && next() < 0.6) continue;
    date.setHours(7, 30, 0, 0);
    const project = projects[Math.floor(next() ** 2 * projects.length)] ?? 'billable';
    let at = isLate ? end - next() * 18 * 3_600_000 : date.getTime() + (next() + next()) * 6 * 3_600_000;
    for (let left = 1 + Math.floor(next() * 8); left > 0 && prompts.length < count; left--) {
      const kind = next();
      const text = (kind < 0.3 ? pick(short) : kind < 0.8 ? pick(medium) : pick(long)).replace('$', pick(parts));
      const quality = kind < 0.3 ? 1.6 : kind < 0.8 ? 2.9 : 4.2;
      const rating = next() < 0.3 ? Math.max(1, Math.min(5, Math.round(quality + (next() - 0.5) * 2.4))) : 0;
      if (at < end) prompts.push({ at: Math.round(at), text, project: `/home/sam/code/${project}`, session: `00000000-0000-4000-9000-${String(session).padStart(12, '0')}`, rating, note: rating > 0 && next() < 0.15 ? pick(notes) : '' });
      at += (1 + next() * 14) * 60_000;
    }
  }
  return prompts.sort((a, b) => a.at - b.at);
}

/** As lines of `history.jsonl`. */
export function historyLines(prompts: readonly DemoPrompt[]): string {
  return prompts.map(({ at, text, project, session }) => `${JSON.stringify({ display: text, pastedContents: {}, timestamp: at, project, sessionId: session })}\n`).join('');
}

/** What was rated, in the original tracker's tables, for `wheelhouse prompts import-db`. */
export function writeRatings(file: string, prompts: readonly DemoPrompt[]): void {
  const db = new DatabaseSync(file);
  try {
    db.exec(`CREATE TABLE prompts (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER UNIQUE NOT NULL, display TEXT NOT NULL, project TEXT, pasted_contents TEXT, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);
      CREATE TABLE prompt_metadata (prompt_id INTEGER PRIMARY KEY, rating INTEGER CHECK(rating >= 1 AND rating <= 5), note TEXT, updated_at DATETIME DEFAULT CURRENT_TIMESTAMP, FOREIGN KEY (prompt_id) REFERENCES prompts(id));`);
    const prompt = db.prepare('INSERT OR IGNORE INTO prompts (timestamp, display, project, pasted_contents) VALUES (?, ?, ?, ?)');
    const mark = db.prepare('INSERT INTO prompt_metadata (prompt_id, rating, note) VALUES (?, ?, ?)');
    db.exec('BEGIN');
    for (const { at, text, project, rating, note } of prompts) {
      if (rating === 0) continue;
      const { changes, lastInsertRowid } = prompt.run(at, text, project, '{}');
      if (Number(changes) === 1) mark.run(lastInsertRowid, rating, note === '' ? null : note);
    }
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}

/** Mulberry32, by Tommy Ettinger (public domain): small, and the same everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
