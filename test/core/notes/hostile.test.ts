/** Texts that nobody wrote by hand are read in time that is in proportion to their length: a scan of the notes waits for each. */
import { test } from 'node:test';
import { linkSpans, notesIn, parseNote } from '../../../src/core/notes/index.ts';
import { proportionate } from '../../helpers/proportionate.ts';

const SIZE = 40_000;
const blanks = ' '.repeat(3900);
const units: readonly [path: string, begin: string, ...units: string[]][] = [
  ['n.md', '---\n', 'x\n', 'a: b\n', '- a\n', '\n', 'tags: [\n', '# c\n', '"a": "b"\n', `a${blanks}b\n`, `a: ${'[,'.repeat(1900)}\n`],
  ['n.md', '', '` ', '`', '~', '~~~\n', '[[', '[[a|', '[](', '[a](b', '```\n', '<!--', '# a\n', '#a/', `# a${'#'.repeat(3900)}x\n`],
  ['n.org', '', '* H\n** I\n', '#+begin_src x\n', '#+begin_src x\n#+end_src\n', '[[', '[[a][', '[[a]', ' =a', ':PROPERTIES:\n', '* H :a:\n', '#+filetags: :a:\n', `* ${blanks}x\n`, `* ${' :a:'.repeat(900)} x\n`],
];
for (const [path, begin, ...all] of units) {
  for (const unit of all) {
    test(`${path}: ${JSON.stringify(begin + unit).slice(0, 40)}`, () => {
      proportionate({ n: SIZE, make: (n) => begin + unit.repeat(n / unit.length), run: (text) => [notesIn(parseNote(path, text), path, () => false, 'public'), linkSpans(parseNote(path, text).format, text)] });
    });
  }
}
