import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fillTemplate, slotsOf, templatesOf } from '../../../../src/core/prompts/beyond/index.ts';
import { templateOf } from '../../../../src/core/prompts/beyond/templates.ts';
import type { Rating } from '../../../../src/core/prompts/model.ts';
import { prompt, secret } from '../interop/sample.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

const cases: [name: string, texts: string[], template: string, examples: Record<string, string[]>][] = [
  [
    'one word differs',
    ['write a unit test for the parser module, run it, and show me the output', 'write a unit test for the scanner module, run it, and show me the output'],
    'write a unit test for the {{module}} module, run it, and show me the output',
    { module: ['parser', 'scanner'] },
  ],
  [
    'files',
    ['read src/core/a.ts and explain what it does, line by line', 'read src/faces/cli.ts and explain what it does, line by line', 'read README.md and explain what it does, line by line'],
    'read {{file}} and explain what it does, line by line',
    { file: ['src/core/a.ts', 'src/faces/cli.ts', 'README.md'] },
  ],
  [
    'two of a kind',
    ['move the function from a.ts to b.ts and keep the tests green', 'move the function from x.ts to y.ts and keep the tests green'],
    'move the function from {{file}} to {{file_2}} and keep the tests green',
    { file: ['a.ts', 'x.ts'], file_2: ['b.ts', 'y.ts'] },
  ],
  [
    'something more in one',
    ['fix the bug, run all the tests and commit', 'fix the bug, run all the tests twice and commit'],
    'fix the bug, run all the tests {{tests}} and commit',
    { tests: ['twice'] },
  ],
  [
    'at the end, over lines',
    ['Review this change for correctness first, then for style:\n\nfoo', 'Review this change for correctness first, then for style:\n\nbar baz\nqux'],
    'Review this change for correctness first, then for style:\n\n{{style}}',
    { style: ['foo', 'bar baz\nqux'] },
  ],
  ['the same twice', ['fix it', 'fix it'], 'fix it', {}],
  ['alone, with files and an issue', ['compare a/b.ts with a/c.ts and a/b.ts, see #12'], 'compare {{file}} with {{file_2}} and {{file}}, see {{issue}}', { file: ['a/b.ts'], file_2: ['a/c.ts'], issue: ['#12'] }],
  ['braces stay braces', ['use {{name}} in src/x.vue'], 'use {{{{name}} in {{file}}', { file: ['src/x.vue'] }],
];
describe('a template of texts', () => {
  for (const [name, texts, template, examples] of cases) {
    test(name, () => {
      const made = templateOf(texts);
      assert.equal(made.text, template);
      assert.deepEqual(Object.fromEntries(made.slots.map((slot) => [slot.name, slot.examples])), examples);
      assert.deepEqual(slotsOf(made.text), made.slots.map((slot) => slot.name));
    });
  }

  test('gives back each text that it was made of', () => {
    const words = fc.array(fc.constantFrom('fix', 'the', 'bug', 'in', 'a.ts', '{{x}}', '\\{{', '{', '{{{', 'and', ',', '\n', 'run', '#7', 'https://a.b/c', 'größe'), { minLength: 1, maxLength: 12 }).map((all) => all.join(' ').trim());
    fc.assert(
      fc.property(words.filter((text) => text !== ''), (text) => {
        const { text: template, slots } = templateOf([text]);
        assert.equal(fillTemplate(template, Object.fromEntries(slots.map(({ name, examples }) => [name, examples[0]!]))), text);
      }),
      { seed: 9, numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.array(words.filter((text) => text !== ''), { minLength: 2, maxLength: 4 }), (texts) => {
        const { text: template, slots } = templateOf(texts);
        // The fixed parts stand in each text that it was made of, in this order.
        const { used } = templateOf(texts);
        const fixed = template.replaceAll('{{{{', '\u0001').split(/\{\{[^}]*\}\}/).map((part) => part.replaceAll('\u0001', '{{').trim());
        for (const place of used) {
          let from = 0;
          for (const part of fixed) {
            from = texts[place]!.indexOf(part, from);
            assert.ok(from >= 0, `${JSON.stringify(part)} in ${JSON.stringify(texts)}: ${template}`);
          }
        }
        assert.deepEqual(slotsOf(template), slots.map(({ name }) => name));
      }),
      { seed: 10, numRuns: 300 },
    );
  });
});

describe('templates of prompts', () => {
  const rated = (id: number, text: string, rating: Rating | undefined = 5) => prompt({ id, at: id, text, rating });
  test('well-rated ones that say nearly the same become one; the others are left out', () => {
    const templates = templatesOf([
      rated(1, 'please explain how the scheduler works, with a diagram'),
      rated(2, 'please explain how the tokenizer works, with a diagram', 4),
      rated(3, 'please explain how the parser works, with a diagram', 2),
      rated(4, 'what a nice day'),
      rated(5, 'open src/a.ts and delete the dead code there'),
      prompt({ id: 6, text: 'please explain how the linker works, with a diagram' }),
    ]);
    assert.deepEqual(templates.map(({ text, ids, rating }) => [text, ids, rating]), [
      ['please explain how the {{works}} works, with a diagram', [1, 2], 4.5],
      ['open {{file}} and delete the dead code there', [5], 5],
    ]);
  });

  test('hold no secrets, in no slot either', () => {
    const [template] = templatesOf([rated(1, `call the service with ${secret} and show the answer`), rated(2, 'call the service with nothing and show the answer')]);
    assert.ok(template !== undefined && !JSON.stringify(template).includes(secret));
  });

  test('as many as asked for, in proportion to the prompts', { timeout: 120_000 }, () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => rated(i + 1, `please look at src/file${i}.ts, ${['find the bug', 'write a test', 'explain it', 'remove what is not used'][i % 4]!} and say what you changed in a few words ${i}`));
    assert.ok(templatesOf(many(5000), { limit: 3 }).length <= 3);
    proportionate({ n: 5000, make: many, run: (prompts) => templatesOf(prompts, { limit: 3 }) });
  });
});

const fills: [template: string, values: Record<string, string>, text: string][] = [
  ['a {{x}} b', { x: '1' }, 'a 1 b'],
  ['{{ x }}{{x}}', { x: '$&' }, '$&$&'],
  ['{{x}} {{y}}', { x: '{{y}}' }, '{{y}} {{y}}'],
  ['{{toString}}', {}, '{{toString}}'],
  ['{{{{x}}', { x: '1' }, '{{x}}'],
  ['{{{x}}}', { x: '1' }, '{1}'],
  ['{{größe}} {{a b}} {{1}} {{}}', { größe: 'L', 'a b': 'c' }, 'L c {{1}} {{}}'],
];
for (const [template, values, text] of fills) test(`fill ${template}`, () => assert.equal(fillTemplate(template, values), text));
