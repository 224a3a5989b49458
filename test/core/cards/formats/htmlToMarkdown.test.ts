import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { htmlToMarkdown, markdownToHtml } from '../../../../src/core/cards/formats/index.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

describe('there and back', () => {
  const cases: [html: string, markdown: string][] = [
    ['plain text', 'plain text'],
    ['<b>bold</b> and <i>italic</i> and <s>gone</s>', '**bold** and *italic* and ~~gone~~'],
    ['<b>bold <i>both</i></b>', '**bold *both***'],
    ['a<br>b<br><br>c', 'a\nb\n\nc'],
    ['<code>a &lt; b</code> &amp; &lt;div&gt;', '`a < b` & <div>'],
    ['x<pre><code class="language-ts">if (a &lt; b) {\n\n  *x*\n}</code></pre>y', 'x\n```ts\nif (a < b) {\n\n  *x*\n}\n```\ny'],
    ['<ul><li>a</li><li><b>b</b></li></ul>', '- a\n- **b**'],
    ['<ol><li>a</li><li>b</li></ol>', '1. a\n2. b'],
    ['<img src="a.png"><img src="b c.png" alt="dog">', '![](a.png)![dog](<b c.png>)'],
    ['<a href="https://x.org/?a=1&amp;b">link</a>', '[link](https://x.org/?a=1&b)'],
    ['2 * 3 * 4, snake_case, a*b', '2 * 3 * 4, snake_case, a\\*b'],
    ['*not bold* _nor this_ `nor`', '\\*not bold\\* \\_nor this\\_ \\`nor\\`'],
    ['[x](y) [z]', '\\[x](y) [z]'],
    ['{{c1::<b>a</b>::hint}} and [sound:x.mp3] \\(x^2\\)', '{{c1::**a**::hint}} and [sound:x.mp3] \\(x^2\\)'],
  ];
  for (const [html, markdown] of cases) {
    test(markdown, () => {
      assert.equal(htmlToMarkdown(html), markdown);
      assert.equal(markdownToHtml(markdown), html);
    });
  }
});

describe("only text is left of what others' HTML has more", () => {
  const cases: [html: string, markdown: string][] = [
    ['<script>alert(1)</script>a<style>b{}</style><!-- c --><iframe src=x>d</iframe>', 'a'],
    ['<img src=x onerror="alert(1)">', '![](x)'],
    ['<img src="javascript:alert(1)"><img src="data:text/html,x">', ''],
    ['<a href="javascript:alert(1)">x</a><a href=file:///etc>y</a>', 'xy'],
    ['<div>a</div><div>b</div><p>c</p>', 'a\nb\nc'],
    ['<span style="color: red">a</span><font>b</font><u>c</u>&nbsp;&#100;&#x65;&eacute;', 'abc de&eacute;'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a b '],
    ['<<b>a</b', '<**a</b'],
    ['<script>never closed', ''],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
  ];
  for (const [html, markdown] of cases) test(html, () => assert.equal(htmlToMarkdown(html), markdown));
});

test('Markdown can smuggle no HTML into a field', () => {
  for (const text of ['<img src=x onerror=alert(1)>', '![x" onerror="alert(1)](y" onerror="z)', '[x](javascript:alert(1))', '`<b>`', '```"><script>\nx\n```', '<script>']) {
    assert.doesNotMatch(markdownToHtml(text), /<(?!\/?(?:b|i|s|code|pre|ul|ol|li)>|br>|code class="language-[\w+#-]+">|img src="[^"<>]*"(?: alt="[^"<>]*")?>|a href="https?:[^"<>]*">)/);
  }
});

test('long texts take time in proportion to their length', () => {
  for (const unit of ['**a ', '*', '** ', '`', '``', '[', '[a](', '![](<', '<b ', '<b "', '<!--', '<script>', '&#', '\\', '~~a', '_a', '- a\n', '```\n', '<li>', '<ul>', '</ul>', '<a href=x>']) {
    for (const run of [htmlToMarkdown, markdownToHtml]) proportionate({ n: 50_000, make: (n) => unit.repeat(n / unit.length), run });
  }
});
