/** `prompts timeline`: a file that needs nothing but itself. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { timeline } from '../../../src/faces/cli/nouns/promptsTimeline.ts';
import type { Input } from '../../../src/faces/cli/verb.ts';
import { AT, historyLine, promptStage } from '../../adapters/prompts/stage.ts';

test('the prompts of some days, synced first', async (t) => {
  const s = promptStage(t);
  const day = new Date(AT).toLocaleDateString('sv-SE');
  s.write(s.history, historyLine('</script><script>alert(1)</script>', AT) + historyLine('of another day', AT + 3 * 86_400_000) + historyLine('/login', AT + 1));
  const built = join(s.home, 'built/webview');
  mkdirSync(built, { recursive: true });
  writeFileSync(join(built, 'timeline-standalone.js'), 'console.log(1)');
  writeFileSync(join(built, 'timeline-standalone.css'), 'main { color: red }');
  const run = async (options: Input['options'], args = [day]) => {
    const prompts = s.open();
    try {
      const input: Pick<Input, 'args' | 'options' | 'program' | 'signal'> = { args, options: { 'no-open': true, ...options }, program: join(s.home, 'built/cli.js'), signal: new AbortController().signal };
      return await timeline(prompts, s.home, input as Input);
    } finally {
      await prompts.close();
    }
  };
  const file = join(s.home, `Downloads/timeline_${day}.html`);
  assert.equal((await run({})).text, `✓ Synced 3 new prompts\n✓ Generated timeline: ${file}`);
  const html = readFileSync(file, 'utf8');
  const data = JSON.parse(/<script type="application\/json" id="wheelhouse-timeline">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as { text: string[]; title: string };
  assert.deepEqual([data.text, data.title], [['</script><script>alert(1)</script>'], day]);
  assert(html.includes('console.log(1)') && html.includes('main { color: red }'));
  const other = join(s.home, 'other.html');
  const later = new Date(AT + 4 * 86_400_000).toLocaleDateString('sv-SE');
  assert.deepEqual((await run({ to: later, output: other, 'include-slash-commands': true })).json, { file: other, prompts: 3, synced: 0, opened: false });
  await assert.rejects(run({ to: '2020-01-01' }), { code: 'usage' });
  await assert.rejects(run({}, ['yesterday']), { code: 'usage' });
});
