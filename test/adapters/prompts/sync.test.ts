/** What comes into the archive, from whatever the agents' files look like. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, historyLine, promptStage, transcriptLine } from './stage.ts';

test('history and transcripts, each prompt once', async (t) => {
  const s = promptStage(t);
  s.write(s.history, historyLine('one', AT) + historyLine('two', AT + 10_000));
  s.write(s.transcript(), transcriptLine('one', AT + 300) + transcriptLine('<command-name>/x</command-name>', AT) + transcriptLine('two', AT + 10_300) + transcriptLine('printed', AT + 20_000));
  s.write(join(s.home, '.claude/projects/-work-app/s-1/subagents/agent-1.jsonl'), transcriptLine('not the user', AT, { isSidechain: true }));
  assert.deepEqual(await s.texts(), ['one', 'two', 'printed']);
  s.add(s.transcript(), transcriptLine('three', AT + 30_000));
  s.add(s.history, historyLine('three', AT + 29_800));
  assert.deepEqual(await s.texts(), ['one', 'two', 'printed', 'three']);
});

test('the order in which sources come does not matter', async (t) => {
  for (const order of ['history', 'transcript']) {
    const s = promptStage(t);
    const steps = [() => s.write(s.history, historyLine('one', AT) + historyLine('two', AT + 10_000)), () => s.write(s.transcript(), transcriptLine('one', AT + 300) + transcriptLine('three', AT + 20_000))];
    for (const step of order === 'history' ? steps : steps.reverse()) {
      step();
      await s.texts();
    }
    assert.deepEqual(await s.texts(), ['one', 'two', 'three'], order);
  }
});

test('CLAUDE_CONFIG_DIR', async (t) => {
  const s = promptStage(t, (home) => ({ CLAUDE_CONFIG_DIR: join(home, 'elsewhere') }));
  s.write(s.history, historyLine('one', AT));
  s.write(join(s.home, '.claude/history.jsonl'), historyLine('not this', AT));
  assert.deepEqual(await s.texts(), ['one']);
});

test('a half line now, and whole later, arrives once', async (t) => {
  const s = promptStage(t);
  const [first, second] = [historyLine('one', AT), historyLine('two 🎉', AT + 1)];
  const bytes = Buffer.from(first + second);
  for (let cut = 1; cut <= bytes.length; cut += 23) {
    s.write(s.history, bytes.subarray(0, cut));
    await s.texts();
  }
  s.write(s.history, bytes);
  assert.deepEqual(await s.texts(), ['one', 'two 🎉']);
});

test('what the agent deletes, cuts, replaces or rotates stays', async (t) => {
  const s = promptStage(t);
  s.write(s.history, historyLine('one', AT) + historyLine('two', AT + 1));
  s.write(s.transcript('old'), transcriptLine('from an old session', AT + 2, { sessionId: 'old' }));
  await s.texts();
  const steps: [name: string, work: () => void, more: string[]][] = [
    ['transcripts deleted', () => rmSync(join(s.home, '.claude/projects'), { recursive: true }), []],
    ['cut off', () => truncateSync(s.history, Buffer.byteLength(historyLine('one', AT))), []],
    ['grown again, with something else', () => s.add(s.history, historyLine('three', AT + 3)), ['three']],
    ['rotated', () => { renameSync(s.history, `${s.history}.1`); s.write(s.history, historyLine('four', AT + 4)); }, ['four']],
    ['replaced by one that is as long', () => s.write(s.history, historyLine('five', AT + 5)), ['five']],
    ['a line taken out in the middle', () => s.write(s.history, historyLine('one', AT) + historyLine('five', AT + 5) + historyLine('six', AT + 6)), ['six']],
    ['deleted', () => rmSync(s.history), []],
  ];
  const expected = ['one', 'two', 'from an old session'];
  for (const [name, work, more] of steps) {
    work();
    expected.push(...more);
    assert.deepEqual(await s.texts(), expected, name);
  }
  assert.deepEqual(readdirSync(s.folder).sort(), ['archive.jsonl', 'positions.json'].sort());
  rmSync(join(s.folder, 'positions.json'));
  assert.deepEqual(await s.texts(), expected, 'all but the archive lost');
});

test('whatever stands in a history', async (t) => {
  const s = promptStage(t);
  const nasty = ['</script><!--', '\u202eright to left\u202c', 'zero\u200bwidth', 'nul \u0000 and bell \u0007', '👩‍👩‍👧‍👦', 'lone \ud83d', '* heading\n#+TITLE: x'];
  s.write(
    s.history,
    Buffer.concat([
      Buffer.from(nasty.map((text, n) => historyLine(text, AT + n)).join('')),
      Buffer.from('null\n[]\n7\n"text"\n{"display":\n\n   \n{}\nnonsense\n'),
      Buffer.from('{"display":"bad '), Buffer.from([0xff, 0xc3]), Buffer.from(` bytes","timestamp":${AT + 100}}\r\n`),
      Buffer.from('{"display":"no time"}\n'),
      Buffer.from(historyLine('in the year 3000', 32_503_680_000_000)),
      Buffer.from(historyLine('a time as text', 0, { timestamp: String(AT + 200) })),
    ]),
  );
  const expected = [...nasty, 'bad \ufffd\ufffd bytes', 'no time', 'a time as text', 'in the year 3000'];
  assert.deepEqual(await s.texts(), expected);
  assert.deepEqual(await s.texts(), expected);
});

test('prompts of one millisecond are all there', async (t) => {
  const s = promptStage(t);
  s.write(s.history, Array.from({ length: 10 }, (_, n) => historyLine(`prompt ${n % 5}`, AT, { sessionId: `s-${Math.floor(n / 5)}` })).join(''));
  assert.equal((await s.texts()).length, 10);
});

test('read in any pieces it is what is read at once', async (t) => {
  const prompt = fc.record({ text: fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== ''), at: fc.integer({ min: AT, max: AT + 20 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(prompt, { minLength: 1, maxLength: 12 }), fc.array(fc.nat({ max: 2000 }), { maxLength: 5 }), async (lines, cuts) => {
      const [once, often] = [promptStage(t), promptStage(t)];
      const bytes = Buffer.from(lines.map(({ text, at }) => historyLine(text, at)).join(''));
      once.write(once.history, bytes);
      const prompts = often.open();
      for (const cut of [...cuts.map((each) => each % bytes.length), bytes.length].sort((a, b) => a - b)) {
        often.write(often.history, bytes.subarray(0, cut));
        await prompts.sync();
      }
      assert.deepEqual((await prompts.list({ commands: true })).map(({ id, text }) => [id, text]), await (async () => {
        const other = once.open();
        await other.sync();
        const all = (await other.list({ commands: true })).map(({ id, text }) => [id, text]);
        await other.close();
        return all;
      })());
      await prompts.close();
    }),
    { seed: 1, numRuns: 15 },
  );
});

test('a line with many megabytes pasted keeps its prompt', async (t) => {
  const s = promptStage(t);
  s.write(s.history, historyLine('before', AT));
  s.add(s.history, historyLine('see [Pasted text #1 +9 lines]', AT + 1, { pastedContents: { 1: { id: 1, type: 'text', content: 'x'.repeat(20_000_000) } } }));
  s.add(s.history, historyLine('after', AT + 2));
  s.write(s.transcript(), transcriptLine('printed', AT + 9) + transcriptLine('x'.repeat(20_000_000), AT + 10) + transcriptLine('printed, too', AT + 11));
  assert.deepEqual(await s.texts(), ['before', 'see [Pasted text #1 +9 lines]', 'after', 'printed', 'printed, too']);
  assert(statSync(join(s.folder, 'archive.jsonl')).size < 2000);
});

test('a torn line in the archive harms nobody', async (t) => {
  const s = promptStage(t);
  s.write(s.history, historyLine('one', AT));
  await s.texts();
  s.add(join(s.folder, 'archive.jsonl'), '{"display":"torn');
  s.add(s.history, historyLine('two', AT + 1));
  assert.deepEqual(await s.texts(), ['one', 'two']);
  assert.equal(statSync(join(s.folder, 'archive.jsonl')).mode & 0o777, 0o600);
  const lines = readFileSync(join(s.folder, 'archive.jsonl'), 'utf8').split('\n').filter((line) => line !== '');
  assert.deepEqual(lines, [historyLine('one', AT).trimEnd(), '{"display":"torn', historyLine('two', AT + 1).trimEnd()], 'lines of a history come in as they are');
});

test('an image that is damaged, or of another archive, is not used', async (t) => {
  const s = promptStage(t);
  s.write(s.history, Array.from({ length: 6000 }, (_, n) => historyLine(`prompt number ${n} ${'x'.repeat(40)}`, AT + n)).join(''));
  const all = await s.texts();
  assert.equal(all.length, 6000);
  const image = join(s.folder, 'index.bin');
  assert(statSync(image).size > 100_000);
  s.add(s.history, historyLine('late, but of long ago', 1));
  assert.equal((await s.texts())[0], 'late, but of long ago');
  for (const [name, damage] of Object.entries({ cut: () => truncateSync(image, 5000), other: () => rmSync(join(s.folder, 'archive.jsonl')) })) {
    damage();
    assert.equal((await s.texts()).length, 6001, name);
  }
});
