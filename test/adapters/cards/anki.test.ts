import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zipSync } from 'fflate';
import { readCardFile, writeCardFile } from '../../../src/adapters/node/cards/anki.ts';
import { byFzstd } from '../../../src/adapters/node/cards/anki/zstd.ts';
import { checksum } from '../../../src/adapters/node/cards/anki/schema11.ts';
import { isWheelhouseError } from '../../../src/core/base/errors.ts';
import type { ExchangeCard, ImportResult, Schedule } from '../../../src/core/cards/index.ts';
import { collection, created, databases, media, message, packageOf, zstdRaw, type Form } from './anki-package.ts';

const forms: Form[] = ['legacy1', 'legacy2', 'latest'];
const day = 86_400_000;
const read = (bytes: Uint8Array, name = 'deck.apkg') => readCardFile(bytes, name, databases);
const write = (cards: readonly ExchangeCard[], from?: ImportResult) =>
  writeCardFile(cards, 'anki', databases, { now: 1_764_000_000_000, offsetMinutes: 60, ...(from && { media: from.media, noteTypes: from.noteTypes }) });
const card = (result: ImportResult, id: string) => result.cards.find((candidate) => candidate.id === id) ?? assert.fail(`no card ${id}`);

for (const form of forms) {
  describe(`a package of Anki's, ${form}`, async () => {
    const result = await read(await packageOf(form));

    test('texts are Markdown, without anything that runs', () => {
      assert.equal(card(result, 'guid;basic').question, 'What does **CAP** stand for?![](<cap a.png>)');
      assert.equal(card(result, 'guid;basic').answer, '- Consistency\n- Availability\n```sql\nSELECT 1 < 2;\n\nSELECT 2\n```\n[sound:say.mp3]');
      assert.equal(card(result, 'guidtyped').question, 'list & files');
      assert.equal(card(result, 'guidcustom').question, 'How is 犬 read?');
      assert.equal(card(result, 'guidcustom').answer, 'いぬ means **dog <3**');
    });

    test('kinds, siblings, decks, tags, flags', () => {
      const shown = result.cards.map(({ id, kind, note, project, tags, flag, suspended }) => [id, kind, note?.ordinal, project, tags, flag, suspended]);
      assert.deepEqual(shown, [
        ['guid;basic', 'basic', undefined, undefined, ['db', 'theory'], 3, undefined],
        ['guid"rev', 'reversed', 0, 'Lang::French', undefined, undefined, undefined],
        ['guid"rev-1', 'reversed', 1, 'Lang::French', undefined, undefined, true],
        ['guidcloze', 'cloze', 0, 'Lang::French', ['bio'], undefined, undefined],
        ['guidcloze-1', 'cloze', 1, 'Lang::French', ['bio'], undefined, undefined],
        ['guidtyped', 'typed', undefined, 'Lang::French', undefined, undefined, undefined],
        ['guidcustom', 'basic', undefined, undefined, undefined, undefined, undefined],
      ]);
      assert.equal(card(result, 'guidcloze').question, '{{c1::Paris}} lies on the {{c2::Seine::river}}\nnext');
    });

    test('schedules: SM-2, FSRS, learning, new, and at home when in a filtered deck', () => {
      const of = (id: string) => card(result, id).schedule ?? assert.fail();
      assert.deepEqual(of('guid;basic'), { algorithm: 'sm2', state: 'review', due: created * 1000 + 30 * day, interval: 12, ease: 2.36, reps: 5, lapses: 1, box: 1, stability: 0, difficulty: 0, lastReview: 1_700_500_700_000 });
      const fsrs = of('guid"rev');
      assert.deepEqual([fsrs.algorithm, fsrs.stability, fsrs.difficulty, fsrs.lastReview], ['fsrs', 21.3456, 5.123, 1_701_500_000_000]);
      assert.deepEqual([of('guidcloze').state, of('guidcloze').due, of('guidcloze').interval], ['learning', 1_700_100_600_000, 600 / 86_400]);
      assert.deepEqual([of('guidcloze-1').state, of('guidcloze-1').reps], ['new', 0]);
      assert.equal(of('guidtyped').due, created * 1000 + 15 * day);
      assert.equal(of('guidcustom').state, 'relearning');
    });

    test('answers: rating, time, intervals; a rescheduling is none', () => {
      const reviews = card(result, 'guid;basic').reviews ?? [];
      assert.deepEqual(reviews.map(({ at, confidence, tookMs, before, after }) => [at, confidence, tookMs, before.state, after.state, after.interval]), [
        [1_700_000_100_000, 4, 4_000, 'new', 'learning', 600 / 86_400],
        [1_700_000_800_000, 4, 6_000, 'learning', 'review', 1],
        [1_700_090_000_000, 5, 2_000, 'review', 'review', 4],
        [1_700_500_000_000, 1, 9_000, 'review', 'relearning', 600 / 86_400],
        [1_700_500_700_000, 4, 3_000, 'relearning', 'review', 12],
      ]);
    });

    test('media by name, and a path is no name', () => {
      assert.deepEqual(result.media.map(({ name }) => name), ['cap a.png', 'say.mp3', '__.._evil.sh']);
      assert.deepEqual(result.media.map(({ bytes }) => Buffer.from(bytes)), media.map(({ bytes }) => Buffer.from(bytes)));
      assert.deepEqual(result.problems.map(({ at }) => at), ['media 2']);
    });

    test('written and read again: nothing is lost', async () => {
      const again = await read(await write(result.cards, result));
      assert.deepEqual(again.cards, result.cards);
      assert.deepEqual(again.noteTypes, result.noteTypes);
      assert.deepEqual(again.media.map(({ name, bytes }) => [name, Buffer.from(bytes)]), result.media.map(({ name, bytes }) => [name, Buffer.from(bytes)]));
    });

    test('without its note types: guid, texts, schedule and answers stay', async () => {
      const again = await read(await writeCardFile(result.cards, 'anki', databases, { now: 1_764_000_000_000, offsetMinutes: 60 }));
      const kept = ({ question, answer, project, tags, kind, schedule, reviews, anki }: ExchangeCard) => ({ question, answer, project, tags, kind, schedule, reviews, guid: anki?.guid, revlog: anki?.revlog });
      assert.deepEqual(again.cards.map(kept), result.cards.map(kept));
    });
  });
}

const schedule = (more: Partial<Schedule>): Schedule => ({ algorithm: 'fsrs', state: 'review', due: 1_760_000_123_456, interval: 3.7, ease: 2.5, reps: 2, lapses: 0, box: 1, stability: 3.71234567, difficulty: 5.4321, lastReview: 1_759_680_000_777, ...more });
const fresh = schedule({ state: 'new', due: 1_759_000_000_001, interval: 0, reps: 0, stability: 0, difficulty: 0, lastReview: undefined });
const learning = schedule({ state: 'learning', due: 1_759_000_600_000, interval: 10 / 1440, reps: 1, stability: 0.5, lastReview: 1_759_000_000_500 });
const dates = { createdAt: 1_759_000_000_001, modifiedAt: 1_759_000_000_999 };

const ours: ExchangeCard[] = [
  { question: 'What is `a < b && c`?', answer: 'A **comparison**:\n\n```ts\nif (a < b) {\n  return;\n}\n```\n\n1. one\n2. two', notes: 'see *there* & <script>alert(1)</script>', project: 'ts::types', tags: ['compare', 'two words'], kind: 'basic', id: 'card-20250926-000001', ...dates, schedule: schedule({}), reviews: [
    { at: 1_759_000_000_500, confidence: 2, tookMs: 1234, before: fresh, after: learning },
    { at: 1_759_680_000_777, confidence: 4, tookMs: 4321, before: learning, after: schedule({}) },
  ] },
  { question: 'dog', answer: 'chien', kind: 'reversed', id: 'card-20250926-000002', note: { id: 'card-20250926-000002', ordinal: 0 }, ...dates, schedule: schedule({ algorithm: 'leitner', box: 4, interval: 8 }) },
  { question: 'dog', answer: 'chien', kind: 'reversed', id: 'card-20250926-000002.2', note: { id: 'card-20250926-000002', ordinal: 1 }, ...dates, suspended: true },
  { question: '{{c2::A}} and {{c3::B::hint}}', answer: 'because', kind: 'cloze', id: 'card-20250926-000003', note: { id: 'card-20250926-000003', ordinal: 1 }, ...dates, flag: 4 },
  { question: 'list files', answer: 'ls -la', kind: 'typed', id: 'card-20250926-000004', ...dates, schedule: schedule({ algorithm: 'sm2', ease: 2.18, interval: 6 }) },
  { question: 'What does it do?', answer: 'Adds.', kind: 'code', project: 'Default', id: 'card-20250926-000005', ...dates, source: { file: '/home/me/a b.ts', startLine: 3, endLine: 5, commit: 'abc123', language: 'typescript', code: 'function add(a: number) {\n\n  return a < 1 && "x";\n}' } },
  { question: 'a\n\n- x\n- y\n\n\nb  ', answer: '* not * bold_ _x_ [a](javascript:alert(1)) \\* `', kind: 'basic', id: 'card-20250926-000006', ...dates, tags: ['x'] },
];

test('cards of ours go out and come back equal', async () => {
  const again = await read(await write(ours));
  assert.deepEqual(again.problems, []);
  assert.deepEqual(again.cards.map(({ anki: _, ...rest }) => rest), ours);
});

test('what another program changed counts, not what was kept beside it', async () => {
  const bytes = await write(ours.slice(0, 1));
  const { unzipSync } = await import('fflate');
  const files = unzipSync(bytes);
  const db = await databases.open(files['collection.anki21']);
  db.exec("UPDATE notes SET flds = 'Changed' || char(31) || 'text' || char(31), tags = ' other '; UPDATE cards SET ivl = 50, reps = 9, due = due + 20");
  files['collection.anki21'] = Uint8Array.from(db.export());
  db.close();
  const [changed] = (await read(zipSync(files))).cards;
  assert.deepEqual([changed?.question, changed?.answer, changed?.notes, changed?.tags, changed?.schedule?.interval, changed?.schedule?.reps], ['Changed', 'text', undefined, ['other'], 50, 9]);
  assert.equal(changed?.reviews?.length, 2);
});

test('a changed text of an Anki card goes into its field; its answers and the new one stay', async () => {
  const result = await read(await packageOf('legacy2'));
  const [first, ...others] = result.cards;
  assert(first?.schedule && first.reviews);
  const after: Schedule = { ...first.schedule, reps: 6, due: created * 1000 + 90 * day + 3_600_000, interval: 40, lastReview: 1_701_000_000_000 };
  const answered = { ...first, answer: 'Less **text**', schedule: after, reviews: [...first.reviews, { at: 1_701_000_000_000, confidence: 4 as const, tookMs: 700, before: first.schedule, after }] };
  const [again] = (await read(await write([answered, ...others], result))).cards;
  assert.deepEqual(again?.anki?.fields, [first.anki?.fields[0], 'Less <b>text</b>']);
  assert.deepEqual([again.anki.guid, again.anki.noteTypeId, again.anki.card.due, again.anki.card.ivl, again.anki.card.data], ['guid;basic', 11, 90, 40, '{"pos":7,"lrt":1701000000}']);
  assert.deepEqual(again.anki.revlog, [...(first.anki?.revlog ?? []), [1_701_000_000_000, 3, 40, 12, 2360, 700, 1]]);
});

test('a card without identity is the same note in the next export', async () => {
  const guids = async () => (await read(await write([{ question: 'q', answer: 'a' }, { question: '{{c1::x}} {{c2::y}}', answer: '', kind: 'cloze' }]))).cards.map(({ anki, note }) => [anki?.guid, note?.ordinal]);
  const first = await guids();
  assert.deepEqual(await guids(), first);
  assert.deepEqual(first.map(([, ordinal]) => ordinal), [undefined, 0, 1]);
  assert.match(String(first[0]?.[0]), /^\S{8,10}$/);
});

test("checksums are Anki's", () => {
  assert.deepEqual(['test', '今日', '<b>te</b>st'].map(checksum), [2840236005, 1464653051, 2840236005]);
});

test('Zstandard without Node\'s own: the same, and bounded', async () => {
  const bytes = await collection('legacy1');
  assert.deepEqual(Buffer.from(await byFzstd(zstdRaw(bytes), bytes.length, 'x')), Buffer.from(bytes));
  await assert.rejects(byFzstd(zstdRaw(bytes), bytes.length - 1, 'x'), /more than is accepted/);
});

describe('packages that cannot be read say why, in time and memory', async () => {
  const good = await packageOf('legacy2');
  const text = (value: string) => new TextEncoder().encode(value);
  const zeros = new Uint8Array(64 * 1024 * 1024);
  const db = await databases.open();
  db.exec('CREATE TABLE col(crt, ver); INSERT INTO col VALUES (0, 11); CREATE TABLE cards(x); CREATE TABLE revlog(x); CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n');
  const withView = db.export();
  db.close();
  const cases: [string, Uint8Array, RegExp][] = [
    ['no ZIP', text('PK\x03\x04 but not really'), /damaged: it is no ZIP/],
    ['cut off', good.subarray(0, good.length / 2), /damaged/],
    ['no collection', zipSync({ media: text('{}') }), /no collection/],
    ['no database', zipSync({ 'collection.anki21': text('hello, this is no database') }), /no database/],
    ['not the tables', zipSync({ 'collection.anki21': withView }), /has not the tables/],
    ['a bomb', zipSync({ 'collection.anki2': zeros }), /more than is accepted/],
    ['a bomb in the media', zipSync({ 'collection.anki2': await collection('legacy1'), media: text('{"0":"a.png"}'), 0: zeros }), /"0" unpacks to more/],
    ['a newer form', zipSync({ meta: Uint8Array.of(8, 4), 'collection.anki99': text('') }), /newer/],
    ['a broken list of media', zipSync({ 'collection.anki2': await collection('legacy1'), media: text('{"0":') }), /list of media/],
  ];
  for (const [name, bytes, expected] of cases) {
    // What is never done with is stopped; how fast the machine is, is no matter.
    test(name, { timeout: 120_000 }, async () => {
      await assert.rejects(read(bytes), (error) => isWheelhouseError(error) && error.code === 'invalid-input' && expected.test(error.message));
    });
  }
  test('the total is bounded too', async () => {
    await assert.rejects(readCardFile(good, 'x.apkg', databases, { maxBytes: 10_000 }), /more than is accepted/);
  });
  test('any damage of one byte is an answer or an error of ours', async () => {
    for (let at = 0; at < good.length; at += Math.ceil(good.length / 25)) {
      const bytes = Uint8Array.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ 0x55;
      await read(bytes).catch((error: unknown) => assert(isWheelhouseError(error), String(error)));
    }
  });
  test('a media entry that is missing is a problem, not the end', async () => {
    const result = await read(zipSync({ 'collection.anki2': await collection('legacy1'), media: message([1, message([1, 'a.png'])]) }));
    assert.deepEqual([result.cards.length, result.problems.map(({ at }) => at)], [7, ['media 0']]);
  });
});
