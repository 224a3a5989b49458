/** What a model writes into a note that has private parts: they stay where they were, and nothing tells of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isWheelhouseError } from '../../../src/core/base/errors.ts';
import { notesIn, parseNote, revised, textOf } from '../../../src/core/notes/index.ts';

const never = () => false;

interface Seen { readonly before: ReturnType<typeof parseNote>; readonly note: ReturnType<typeof notesIn>[number]; readonly text: string }

function seenIn(text: string, id: string): Seen {
  const before = parseNote('n.org', text);
  const note = notesIn(before, 'n.org', never, 'public').find((each) => each.id === id);
  assert(note);
  return { before, note, text: textOf(text, note) };
}

/** The file after the change, or why not. */
function changed({ before, note }: Seen, content: string): string {
  try {
    return revised({ path: 'n.org', before, note, content, isDuplicate: never });
  } catch (error) {
    if (!isWheelhouseError(error)) throw error;
    return `refused: ${error.message}`;
  }
}

const file = '#+filetags: :PUBLIC:\nTop.\n* Plans\nOld.\n** Doubts :PRIVATE:\nd\n* People\nAnna.\n** Of Anna :PRIVATE:\na\n* Salary :PRIVATE:\ns\n* End\nOld end.\n';
const cases: readonly (readonly [name: string, change: (text: string) => string, expected: string])[] = [
  ['two changes far apart', (text) => text.replace('Old.', 'New.').replace('Old end', 'New end'), file.replace('Old.', 'New.').replace('Old end', 'New end')],
  ['a parent that is renamed, and a change at the end', (text) => text.replace('* People', '* Persons').replace('Old end', 'New end'), file.replace('* People', '* Persons').replace('Old end', 'New end')],
  ['a parent that moves', (text) => text.replace('* People\nAnna.\n', '').replace('Top.\n', 'Top.\n* People\nAnna.\n'), '#+filetags: :PUBLIC:\nTop.\n* People\nAnna.\n** Of Anna :PRIVATE:\na\n* Salary :PRIVATE:\ns\n* Plans\nOld.\n** Doubts :PRIVATE:\nd\n* End\nOld end.\n'],
  ['text below a parent', (text) => text.replace('Anna.\n', 'Anna.\nBob.\n- Carl\n').replace('Top.', 'Up.'), file.replace('Anna.\n', 'Anna.\nBob.\n- Carl\n').replace('Top.', 'Up.')],
  ['a parent that goes', (text) => text.replace('* People\nAnna.\n', '').replace('Old.', 'New.'), '#+filetags: :PUBLIC:\nTop.\n* Plans\nNew.\n** Doubts :PRIVATE:\nd\n** Of Anna :PRIVATE:\na\n* Salary :PRIVATE:\ns\n* End\nOld end.\n'],
  ['all goes', () => '#+filetags: :PUBLIC:\n', '#+filetags: :PUBLIC:\n** Doubts :PRIVATE:\nd\n** Of Anna :PRIVATE:\na\n* Salary :PRIVATE:\ns\n'],
];

for (const [name, change, expected] of cases) {
  test(`private parts stay where they were: ${name}`, () => {
    const seen = seenIn(file, 'n');
    assert.equal(changed(seen, change(seen.text)), expected);
  });
}

const visible = fc.constantFrom('* A\na\n', '* B\nb\n', '** C\nc\n', '* D\n:PROPERTIES:\n:ID: d\n:END:\nd\n', '* E\n#+begin_src org\n#+end_src\n', '* F\n\n', '* F\nf\n');
const hidden = fc.constantFrom('* S :PRIVATE:\nsecret\n', '** S :PRIVATE:\nsecret\n*** T :PUBLIC:\nsecret\n', '** S\n:PROPERTIES:\n:PRIVATE: t\n:END:\nsecret\n', '* S\n:PROPERTIES:\n:ID: s\n\n:END:\nsecret\n', '*** S :PRIVATE:\n#+begin_src x\nsecret\n', '# wheelhouse:index begin\n- secret\n# wheelhouse:index end\n');
const line = fc.constantFrom('* New\n', '** Deep\n', '* New :PRIVATE:\n', '* New :PUBLIC:\n', ':PROPERTIES:\n', ':ID: zz\n', ':PUBLIC: nil\n', ':END:\n', '#+begin_src org\n', '#+end_src\n', '# wheelhouse:index begin\n', '# wheelhouse:index end\n', '\n', 'text', 'text\n', '#+filetags: :x:\n', '\u2028* x\n', '\r* x\n', '\r\n', '*\n', '* \n', 'secret\n', 'CLOSED: [2026-01-01]\n', '* B\n', 'b\n');
const edit = fc.record({ at: fc.nat(40), drop: fc.nat(3), put: fc.array(line, { maxLength: 2 }), move: fc.boolean() });

/** Private parts stand only before headlines of the first level, where the visible text around them is the same without them. */
function built(parts: readonly (readonly [string, string | undefined])[], isFile: boolean, isSecret: boolean): string {
  const text = parts.map(([part, secret]) => (isSecret && secret !== undefined && part.startsWith('* ') ? secret : '') + part).join('');
  return isFile ? `#+filetags: :PUBLIC:\nTop.\n${text}` : `private\n* N :PUBLIC:\n:PROPERTIES:\n:ID: n\n:END:\n${text.replace(/^\*/gm, '**')}* After\n`;
}

function edited(text: string, edits: readonly { at: number; drop: number; put: readonly string[]; move: boolean }[]): string {
  const lines = text.split(/(?<=\n)/);
  for (const { at, drop, put, move } of edits) {
    const [cut] = [lines.splice(at % (lines.length + 1), drop, ...put)];
    if (move) lines.push(...cut);
  }
  return lines.join('');
}

test('what is written, and what is refused, is the same with private parts and without, and these stay as they were', () => {
  const count = { written: 0, refused: 0 };
  const secrets = (text: string) => text.split('\n').filter((each) => /secret|S |T |S$/.test(each)).sort();
  fc.assert(fc.property(fc.array(fc.tuple(visible, fc.option(hidden, { nil: undefined })), { minLength: 2, maxLength: 6 }), fc.boolean(), fc.array(edit, { minLength: 1, maxLength: 3 }), (parts, isFile, edits) => {
    const [secret, open] = [seenIn(built(parts, isFile, true), 'n'), seenIn(built(parts, isFile, false), 'n')];
    assert.equal(secret.text, open.text);
    const content = edited(secret.text, edits);
    const [after, expected] = [changed(secret, content), changed(open, content)];
    if (expected.startsWith('refused')) {
      count.refused++;
      assert.equal(after, expected);
      return;
    }
    count.written++;
    assert.equal(seenIn(after, 'n').text, seenIn(expected, 'n').text);
    assert.deepEqual(secrets(after), [...secrets(secret.before.text), ...secrets(expected)].sort());
  }), { seed: 6, numRuns: 3000 });
  assert(count.written > 500 && count.refused > 500, JSON.stringify(count));
});
