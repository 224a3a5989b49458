/** Cards to and from files: 5,000 cards with 15,000 answers as an Anki package, and JSON as language models write it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCardFile, writeCardFile } from '../src/adapters/node/cards/anki.ts';
import { openCards } from '../src/adapters/node/cards/cards.ts';
import { exportCardFile, importCardFile } from '../src/adapters/node/cards/files.ts';
import { createDatabases } from '../src/adapters/node/database-sqljs.ts';
import { openUserData } from '../src/adapters/node/user-data.ts';
import type { ExchangeCard, Schedule } from '../src/core/cards/index.ts';
import { importText } from '../src/core/cards/index.ts';
import { figure, medianMs, type Figure } from './figure.ts';

const count = 5_000;
const answers = 3;
const runs = 3;
const start = 1_700_000_000_000;
const day = 86_400_000;

function schedule(i: number, k: number): Schedule {
  const last = start + i * 1000 + k * 5 * day;
  return { algorithm: 'fsrs', state: k === 0 ? 'new' : 'review', due: last + (k + 1) * 5 * day, interval: k * 5.25, ease: 2.5, reps: k, lapses: 0, box: 1, stability: k * 5.123456, difficulty: k === 0 ? 0 : 5.4321, lastReview: k === 0 ? undefined : last };
}

export function sampleCards(): ExchangeCard[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `card-${i}`,
    question: `What does **function ${i}** return for \`x < ${i}\`?`,
    answer: `The value ${i}, because:\n\n\`\`\`ts\nif (x < ${i}) {\n  return ${i};\n}\n\`\`\`\n- one reason\n- another`,
    notes: `See chapter ${i % 40}.`,
    project: `Deck ${i % 20}`,
    tags: [`t${i % 50}`, 'sample'],
    kind: 'basic',
    createdAt: start + i,
    modifiedAt: start + i,
    schedule: schedule(i, answers),
    reviews: Array.from({ length: answers }, (_, k) => ({ at: start + i * 1000 + (k + 1) * 5 * day, confidence: 4, tookMs: 5_000, before: schedule(i, k), after: schedule(i, k + 1) })),
  }));
}

export async function run(): Promise<Figure[]> {
  const databases = createDatabases();
  const cards = sampleCards();
  let bytes = new Uint8Array();
  let read = 0;
  const written = await medianMs(runs, async () => {
    bytes = Uint8Array.from(await writeCardFile(cards, 'anki', databases, { now: start + 100 * day, offsetMinutes: 0 }));
  });
  const imported = await medianMs(runs, async () => {
    const result = await readCardFile(bytes, 'sample.apkg', databases);
    read = result.cards.length;
  });
  if (read !== count) throw new Error(`${read} of ${count} cards came back`);
  const kept = await asUser(bytes);
  const json = `Here are your cards:\n\`\`\`json\n${JSON.stringify(cards.map(({ question, answer, tags, notes }) => ({ question, answer, tags, notes })), null, 2)}\n\`\`\`\n`;
  const text = json.repeat(Math.ceil((10 * 1024 * 1024) / json.length));
  const lenient = await medianMs(runs, () => importText(text, 'json'));
  return [
    figure(`export of ${count} cards with ${count * answers} answers to .apkg`, written, 'ms', runs),
    figure('import of that .apkg', imported, 'ms', runs),
    figure('import of it as the user does it, until all is in the journal', kept.imported, 'ms', 1),
    figure('export of those cards from the user\'s data', kept.exported, 'ms', 1),
    figure('that .apkg', bytes.length / 1024, 'KB', 1),
    figure(`cards from ${(text.length / 1024 / 1024).toFixed(1)} MB of JSON with prose around it`, lenient, 'ms', runs),
  ];
}

/** Once each, into an empty folder of a user's data and out of it. */
async function asUser(bytes: Uint8Array): Promise<{ imported: number; exported: number }> {
  const home = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-'));
  const user = openUserData({ env: { HOME: home, WHEELHOUSE_DATA: join(home, 'data') }, actor: 'user' });
  try {
    const context = openCards(user, { algorithm: 'fsrs' });
    await context.store();
    const started = performance.now();
    const { added } = await importCardFile(user, context, { name: 'sample.apkg', bytes });
    const imported = performance.now() - started;
    if (added !== count) throw new Error(`${added} of ${count} cards were kept`);
    await exportCardFile(user, context, 'anki', {});
    return { imported, exported: performance.now() - started - imported };
  } finally {
    await user.dispose();
    rmSync(home, { recursive: true, force: true });
  }
}
