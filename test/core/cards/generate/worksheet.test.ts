import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import nodePath, { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { nodeFiles } from '../../../../src/adapters/node/files.ts';
import { generateWorksheet, listWorksheets, runHint, saveWorksheet, worksheetLanguage, worksheetLanguages, type Worksheet, type WorksheetRequest } from '../../../../src/core/cards/generate/index.ts';
import { commentLine, countLines } from '../../../../src/core/cards/generate/languages.ts';
import { readWorksheet } from '../../../../src/core/cards/generate/worksheet.ts';
import { fileNameFor } from '../../../../src/core/cards/generate/worksheetFile.ts';
import { annotations } from '../../../../src/core/cards/generate/worksheetPrompt.ts';
import { fixedRandom, scriptedModel, type Script } from '../../models/scriptedModel.ts';

const python = worksheetLanguage('python')!;
const notes = annotations.map((word) => `# ${word}: because`).join('\n');
const body = 'def counter():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n        return n\n    return inc\n';
const good = `${notes}\n${body}`;
const fenced = (code: string, mark = '```') => `Here you are:\n${mark}python\n${code}${mark}\nHave fun.`;

const readings: { name: string; text: string; value?: string; problem?: RegExp }[] = [
  { name: 'a fenced file', text: fenced(good), value: good },
  { name: 'a raw file', text: `\n${good}\n\n`, value: good },
  { name: 'Windows line ends', text: fenced(good).replaceAll('\n', '\r\n'), value: good },
  { name: 'a fence inside the file', text: fenced(`${good}# \`\`\`\n# shown\n`, '````'), value: `${good}# \`\`\`\n# shown\n` },
  { name: 'hidden direction marks', text: fenced(good.replace('because', 'be\u202ecause\u0007')), value: good },
  { name: 'cut off', text: fenced(good).slice(0, 150), problem: /not closed: the answer was cut off/ },
  { name: 'prose', text: 'I am sorry, but I cannot write that.', problem: /holds no file of Python/ },
  { name: 'code without a word', text: fenced(body), problem: /explains nothing/ },
  { name: 'comments of another kind', text: fenced(`# sets n\n${body}`), problem: /^None of its comments begins with WHY/ },
  { name: 'one kind missing', text: fenced(good.replace('# PERFORMANCE: because\n', '')), value: good.replace('# PERFORMANCE: because\n', ''), problem: /begins with PERFORMANCE\.$/ },
];
for (const { name, text, value, problem } of readings) {
  test(`an answer: ${name}`, () => {
    const reading = readWorksheet(text, python);
    assert.equal(reading.value, value);
    if (problem === undefined) assert.equal(reading.problem, undefined);
    else assert.match(reading.problem ?? '', problem);
  });
}

async function generate(scripts: readonly Script[], request: Partial<WorksheetRequest>) {
  const model = scriptedModel(scripts);
  return { model, sheet: await generateWorksheet({ model, random: fixedRandom }, request) };
}

test('a worksheet on a concept', async () => {
  const { model, sheet } = await generate([fenced(good)], { concept: ' Closures\nin Python', in: '.py', level: 'beginner' });
  assert.deepEqual({ ...sheet, language: sheet.language.id }, { concept: 'Closures in Python', language: 'python', code: good, from: undefined, by: 'scripted-1', costUsd: undefined, problem: undefined });
  const { instructions, material } = model.asked[0]!;
  assert.match(instructions, /one file of Python[^]*Level: beginner\.[^]*# WHY: [^]*# CONNECTS: /);
  assert.match(material, /Closures in Python/);
});

test('a worksheet on the code at hand, asked once more for what is missing', async () => {
  const from = { kind: 'selection', file: '/p/count.py', startLine: 3, code: 'x = 1\ny = 2\n', language: 'python' } as const;
  const { model, sheet } = await generate([fenced(good.replace('# WHY: because\n', '')), fenced(good)], { from });
  assert.deepEqual([sheet.concept, sheet.from, sheet.code, sheet.problem], ['count.py', 'count.py, lines 3-4', good, undefined]);
  assert.match(model.asked[1]!.instructions, /It has no comment that begins with WHY\./);
});

const refusals: [string, Script[], Partial<WorksheetRequest>, string, RegExp][] = [
  ['nothing to write about', [], { in: 'python' }, 'invalid-input', /Name a concept, or select some code/],
  ['an unknown language', [], { concept: 'x', in: 'klingon' }, 'invalid-input', /cannot be written in klingon\. Choose one such as TypeScript,/],
  ['no language', [], { concept: 'x' }, 'invalid-input', /no language/],
  ['prose twice', ['No.', 'Never.'], { concept: 'x', in: 'go' }, 'refused', /holds no file of Go.*It said: “Never\.”/],
];
for (const [name, scripts, request, code, message] of refusals) {
  test(`refused: ${name}`, () => assert.rejects(generate(scripts, request), { code, message }));
}

async function shelf(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'wheelhouse-worksheets-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return { files: nodeFiles, paths: nodePath, folder: join(folder, 'worksheets') };
}
const sheet = (more: Partial<Worksheet> = {}): Worksheet => ({ concept: 'Closures: why?', language: python, code: good, from: 'a.py, lines 1-2', by: 'model-1', costUsd: undefined, problem: undefined, ...more });

test('worksheets are saved under new names and listed newest first', async (t) => {
  const on = await shelf(t);
  const first = await saveWorksheet(on, sheet(), '2026-02-03');
  const second = await saveWorksheet(on, sheet(), '2026-02-04');
  const page = await saveWorksheet(on, sheet({ language: worksheetLanguage('html')!, concept: 'a --> b', from: undefined, code: '<!DOCTYPE html>\n<p>x</p>\n' }), '2026-02-01');
  assert.deepEqual([first, second, page].map(({ path }) => nodePath.basename(path)), ['closures-why.py', 'closures-why-2.py', 'a-b.html']);
  assert.equal(await readFile(first.path, 'utf8'), `# Worksheet: Closures: why?\n# Made: 2026-02-03 by model-1\n# From: a.py, lines 1-2\n# Run: python3 closures-why.py\n\n${good}`);
  assert.equal(await readFile(page.path, 'utf8'), '<!DOCTYPE html>\n<!-- Worksheet: a -> b -->\n<!-- Made: 2026-02-01 by model-1 -->\n\n<p>x</p>\n');
  await writeFile(join(on.folder, 'own.rs'), 'fn main() {}\n');
  await writeFile(join(on.folder, 'notes.txt'), 'no code\n');
  assert.deepEqual(
    (await listWorksheets(on)).map(({ concept, date, from, run, language }) => [concept, date, from, run, language?.id]),
    [
      ['Closures: why?', '2026-02-04', 'a.py, lines 1-2', 'python3 closures-why-2.py', 'python'],
      ['Closures: why?', '2026-02-03', 'a.py, lines 1-2', 'python3 closures-why.py', 'python'],
      ['a -> b', '2026-02-01', undefined, undefined, 'html'],
      ['own', '', undefined, 'rustc --crate-name worksheet -o own own.rs && ./own', 'rust'],
    ],
  );
});

test('many saved at once all have their own file', async (t) => {
  const on = await shelf(t);
  const saved = await Promise.all(Array.from({ length: 8 }, (_, at) => saveWorksheet(on, sheet({ code: `x = ${at}\n` }), '2026-02-03')));
  assert.equal(new Set(saved.map(({ path }) => path)).size, 8);
  assert.equal((await readdir(on.folder)).length, 8);
});

test('no folder: no worksheets', async (t) => assert.deepEqual(await listWorksheets(await shelf(t)), []));

const names: [string, string][] = [
  ['Closures in TypeScript', 'closures-in-typescript'],
  ['../../etc/passwd', 'etc-passwd'],
  ['C++ vs. C#', 'cpp-vs-csharp'],
  ['閉包とは何か', '閉包とは何か'],
  ['Größe', 'größe'],
  ['NUL', 'nul-worksheet'],
  ['$(rm -rf ~); `x` "y" \'z\' | a', 'rm-rf-x-y-z-a'],
  ['.hidden', 'hidden'],
  ['😀', 'worksheet'],
  ['x'.repeat(300), 'x'.repeat(60)],
];
for (const [concept, expected] of names) {
  test(`file name for ${concept.slice(0, 30)}`, () => assert.equal(fileNameFor(concept), expected));
}

const breakers = 'x */ --> -- ]] *) |# <!-- """ y-';
for (const language of worksheetLanguages) {
  test(`${language.name}: a comment is a comment, whatever stands in it`, () => {
    const line = commentLine(language, breakers);
    const [open, close] = language.comment;
    assert.ok(line.startsWith(open));
    if (close !== undefined) assert.equal(line.indexOf(close, open.length), line.length - close.length);
    assert.deepEqual(countLines(language, `${line}\n\n12345\n`), { comments: 1, code: 1 });
    assert.equal(worksheetLanguage(language.id), language);
    assert.equal(worksheetLanguage(language.extension), language);
  });
}

test('comments over several lines are counted', () => {
  assert.deepEqual(countLines(worksheetLanguage('c')!, '/* one\n * two\n */\nint x;\n/* three */\nint y; // four\n'), { comments: 4, code: 2 });
});

test('a run hint names the file', () => {
  assert.equal(runHint(worksheetLanguage('c')!, 'a-b.c'), 'cc a-b.c -o a-b && ./a-b');
  assert.equal(runHint(worksheetLanguage('css')!, 'a.css'), undefined);
});
