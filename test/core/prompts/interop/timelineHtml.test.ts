import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { timelineFileJson, timelineHtml } from '../../../../src/core/prompts/interop/index.ts';
import { readEmbeddedTimeline, timelineDataElement, timelineOf } from '../../../../src/protocol/timelineFile.ts';
import { nodeHasher } from '../../../../src/adapters/node/hash.ts';
import { prompt, secret } from './sample.ts';

const prompts = [
  prompt({ id: 1, at: 1, text: 'a </script><script>alert(1)</script> <!-- \u2028 b', session: 's1' }),
  prompt({ id: 2, at: 2, text: `use ${secret}`, project: '/b', session: '', rating: 5, note: '<!--<script>' }),
  prompt({ id: 3, at: 3, text: 'see [Pasted text #1]', agent: 'codex', pasted: '{"1":{}}' }),
];
const options = {
  title: 'x', writtenAt: 9, 
  pastedOf: ({ id }: { id: number }) => (id === 3 ? [{ placeholder: '[Pasted text #1]', text: `</script>${secret}` }, { placeholder: '[Pasted text #2]', text: undefined }] : []),
};
const page = (part: Partial<Parameters<typeof timelineHtml>[0]> = {}) =>
  [...timelineHtml({ title: 'A & <b>', lang: 'en', data: timelineFileJson(prompts, options), script: 'start()', style: 'main{}', ...part }, nodeHasher)].join('');
/** The text of the n-th element of that name, as an HTML parser cuts it. */
const element = (html: string, name: string, n: number) => [...html.matchAll(new RegExp(`<${name}[^>]*>([^]*?)</${name}`, 'gi'))][n]?.[1] ?? '';
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the timeline in one file', () => {
  test('is read by the page as it was given, redacted', () => {
    const file = readEmbeddedTimeline(element(page(), 'script', 0));
    assert.deepEqual(file, {
      format: 1, title: 'x', writtenAt: 9, id: [1, 2, 3], at: [1, 2, 3],
      text: ['a </script><script>alert(1)</script> <!-- \u2028 b', 'use [redacted: GitHub token]', 'see [Pasted text #1]'],
      rating: [0, 5, 0], note: ['', '<!--<script>', ''], project: [0, 1, 0], agent: [0, 0, 1], session: [0, 1, 0],
      projects: [{ path: '/Users/you/repos/a', label: 'a' }, { path: '/b', label: 'b' }], agents: ['claude', 'codex'], sessions: ['s1', ''],
      pasted: { 2: [{ placeholder: '[Pasted text #1]', text: '</script>[redacted: GitHub token]' }, { placeholder: '[Pasted text #2]' }] },
    });
    assert.equal(timelineOf(file).prompts.count, 3);
    assert.ok(page().includes(`<script type="application/json" id="${timelineDataElement}">`));
  });

  test('allows this script and this style and nothing else', () => {
    const html = page();
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(policy, `default-src 'none'; script-src ${hash('start()')}; style-src ${hash('main{}')}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`);
    assert.doesNotMatch(html, /https?:|src=|href=|\bon[a-z]+=/);
    assert.ok(html.includes('<title>A &amp; &lt;b&gt;</title>'));
    assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<style'));
  });

  const codes: [name: string, script: string, means: unknown][] = [
    ['the end of a script in a text', 'globalThis.result = "</script>" + `</SCRIPT>`', '</script></SCRIPT>'],
    ['a comment and a script in a text', 'globalThis.result = "<!--" + "<script>"', '<!--<script>'],
    ['patterns', 'globalThis.result = /<\\/script>|<!--/u.test("x<!--")', true],
    ['line ends of Windows', 'globalThis.result = 1;\r\n// x\r', 1],
  ];
  for (const [name, script, means] of codes) {
    test(`code stays code: ${name}`, () => {
      const html = page({ script });
      const written = element(html, 'script', 1);
      assert.ok(html.includes(hash(written)));
      assert.doesNotMatch(written, /<\/script|<!--|\r/i);
      (0, eval)(written);
      assert.equal((globalThis as { result?: unknown }).result, means);
    });
  }

  test('a style cannot end its element', () => {
    const html = page({ style: 'a::after{content:"</style><script>"}' });
    assert.ok(html.includes(hash(element(html, 'style', 0))));
    assert.equal([...html.matchAll(/<\/style/gi)].length, 1);
  });

  test('any text in any pieces comes back', () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('</script>', '<!--', '\u2029', '&lt;', ']]>', '\\', '"')), { maxLength: 5 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 5 }), (all) => {
        const html = page({ data: timelineFileJson(all.map((text, i) => prompt({ id: i + 1, text, note: text })), { ...options, pastedOf: () => [] }) });
        const json = html.slice(html.indexOf(`id="${timelineDataElement}">`) + timelineDataElement.length + 6, html.indexOf('</script'));
        assert.doesNotMatch(json, /[<>&\u2028\u2029]/);
        assert.deepEqual(readEmbeddedTimeline(json).text, all.map((text) => text.replaceAll('\0', '\ufffd')));
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('a hundred thousand prompts come in small pieces', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => prompt({ id: i + 1, at: i, text: `prompt ${i} `.repeat(20) }));
    let [longest, total, count] = [0, 0, 0];
    for (const piece of timelineHtml({ title: '', lang: 'en', data: timelineFileJson(many, options), script: '', style: '' }, nodeHasher)) {
      longest = Math.max(longest, piece.length);
      total += piece.length;
      count++;
    }
    assert.ok(total > 20_000_000 && longest < 100_000 && count < 2000, `${total} ${longest} ${count}`);
  });
});
