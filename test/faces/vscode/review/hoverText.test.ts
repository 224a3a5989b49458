import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { marked } from 'marked';
import { actionsFor, hoverText } from '../../../../src/faces/vscode/review/hoverText.ts';
import { codeBlock, plain } from '../../../../src/faces/vscode/review/markdown.ts';
import { comment } from './sample.ts';

const now = new Date(2026, 10, 25, 14, 30);
const created = { year: 2026, month: 11, day: 25, hour: 14, minute: 27 };

/** What a reader sees, and which elements are on the page. */
function render(markdown: string): { text: string; elements: string[] } {
  const html = marked.parse(markdown, { async: false });
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
  const text = html.replace(/<br>\n?/g, '\n').replace(/<[^>]*>/g, '').replace(/&([\w#]+);/g, (whole, name: string) => entities[name] ?? whole);
  return { text: text.trim(), elements: [...new Set([...html.matchAll(/<(\w+)/g)].map(([, name]) => name ?? ''))] };
}

test('nothing that somebody writes becomes markup', () => {
  for (const hostile of ['[Done](command:workbench.action.terminal.new)', '<img src=x onerror=alert(1)>', '<a href="command:x">x</a>', '# big', '- list', '1. one', '> quote', '```\ncode\n```', '    indented', '$(trash) www.example.org http://example.org me@example.org', '| a | b |\n|---|---|\n| c | d |', 'a\n===', '**b** _i_ `c` ~~s~~', '&lt;b&gt; &#60;', '![x](http://x)', '[x]: http://x\n[x]', '\\[x](y)', 'a\\\nb']) {
    const { text, elements } = render(plain(hostile));
    assert.deepEqual(elements.filter((name) => name !== 'p' && name !== 'br'), [], hostile);
    assert.equal(text.replace(/\s+/g, ''), hostile.replace(/\s+/g, ''), hostile);
  }
});

test('neither does anything else', () => {
  const word = fc.constantFrom('a', ' ', '\n', '\\', '`', '*', '_', '[', ']', '(', ')', '<', '>', '#', '-', '+', '!', '|', '~', '&', ';', ':', '$', '=', '.', '1', '/', '"', 'command:x', 'http://x.y', '\t', '&lt;');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      const { text, elements } = render(plain(words.join('')));
      assert.deepEqual(elements.filter((name) => name !== 'p' && name !== 'br'), []);
      assert.equal(text.replace(/\s+/g, ''), words.join('').replace(/\s+/g, ''));
    }),
    { seed: 7, numRuns: 2000 },
  );
});

test('no code gets out of its block', () => {
  for (const code of ['plain', '```\n[x](command:y)', '`````', '~~~', '']) {
    const { text, elements } = render(`${codeBlock(code, 'ts"><b>')}\n\nafter`);
    assert.deepEqual(elements, ['pre', 'code', 'p']);
    assert.ok(text.includes(code.trim()) && text.endsWith('after'));
  }
});

test('severity and age come first, then the text', () => {
  assert.equal(hoverText(comment({ severity: 'must', created, tags: ['io', 'a_b'], text: 'Close it' }), { now, language: 'ts' }), '**Must** · 3 m · \\#io \\#a\\_b\n\nClose it');
});

test('the quote is shown when the code is not what it was', () => {
  const item = comment({ quote: 'const a = 1;\n' });
  assert.ok(!hoverText(item, { now, language: 'ts', currentText: '  const a = 1;' }).includes('```'));
  assert.ok(hoverText(item, { now, language: 'ts', currentText: 'const a = 2;' }).includes('Commented on:\n\n```ts\nconst a = 1;'));
});

test('it says why a comment stands where it stands, and what to do', () => {
  const said = (different: Parameters<typeof comment>[0]) => hoverText(comment(different), { now, language: '' });
  assert.match(said({ status: 'orphan', candidates: [{ range: { start: 1, end: 1 }, score: 0.5 }] }), /not found any more.*1 place looks similar/);
  assert.match(said({ status: 'orphan' }), /Re\\-attach it to where it belongs/);
  assert.match(said({ status: 'file-gone' }), /file is gone/);
  assert.match(said({ status: 'rewritten' }), /replaced by other code/);
  assert.match(said({ state: 'done' }), /Done\\, not verified[\s\S]*no smoke test has shown it yet/);
  assert.match(said({ state: 'done', verified: true, evidence: { tree: 't', commit: '0123456789abcdef', command: 'make test', durationMs: 1234, at: 0 } }), /make test passed in 1\\.2 s on 01234567/);
  assert.match(said({ state: 'wontfix', summary: 'By design' }), /\*\*Why not:\*\* By design/);
  assert.match(said({ replies: [{ at: created, author: 'al_ex', text: 'Why?' }] }), /\*\*al\\_ex\*\* · 3 m {2}\nWhy\\\?/);
});

test('only what can be done is offered', () => {
  const labels = (different: Parameters<typeof comment>[0], trusted = true) => actionsFor(comment(different), trusted).map(({ label }) => label).slice(0, -4);
  assert.deepEqual(labels({}), ['Done']);
  assert.deepEqual(labels({}, false), []);
  assert.deepEqual(labels({ state: 'done' }), ['Verify', 'Reopen']);
  assert.deepEqual(labels({ state: 'done' }, false), ['Reopen']);
  assert.deepEqual(labels({ state: 'wontfix' }), ['Reopen']);
});
