import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { matches } from '../../../src/core/policy/glob.ts';

/** The same pattern, written so that its letters cannot be looked for in the path beforehand. */
const spelled = (glob: string) => glob.replace(/[a-zA-Z.]/g, (letter) => `[${letter}]`);

const part = fc.array(fc.constantFrom('a', 'b', 'K', 's', '.', '*', '?', 'é'), { minLength: 1, maxLength: 4 }).map((letters) => letters.join('')).filter((text) => !/\*\*/.test(text));
const glob = fc.tuple(fc.constantFrom('/', '**/', '/a/**/'), fc.array(part, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '/**')).map(([start, parts, end]) => start + parts.join('/') + end);
const path = fc.array(fc.array(fc.constantFrom('a', 'A', 'b', 'k', 'K', '\u212a', 's', '\u017f', '.', 'é', 'e\u0301'), { minLength: 1, maxLength: 4 }).map((letters) => letters.join('')), { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);

for (const ignoreCase of [false, true]) {
  test(`a path that lacks the letters of a pattern is told apart as by the pattern itself${ignoreCase ? ', whatever the case' : ''}`, () => {
    let matched = 0;
    fc.assert(
      fc.property(glob, path, (pattern, file) => {
        const expected = matches(spelled(pattern), file, ignoreCase);
        if (expected) matched++;
        assert.equal(matches(pattern, file, ignoreCase), expected, `${pattern} ${file}`);
      }),
      { seed: 7, numRuns: 3000 },
    );
    assert(matched > 40, `only ${matched} matched`);
  });
}
