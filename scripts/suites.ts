/** The suites that `npm run check` and `npm test` are made of. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { PassThrough, type Writable } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, and why, to be said again at the end; only programs have none. */
  readonly failures?: readonly Failure[];
  /** What failed, and passed when its file was run once more: to be told, as it is a fault in the test or in the product. */
  readonly unsteady?: readonly Failure[];
}

interface Failure {
  /** From the project's root. */
  readonly file: string;
  readonly name: string;
  readonly message: string;
}

/** Some of what can be run, which says on `out` what it does. */
export type Suite = (out: Writable) => Promise<Outcome[]>;

/** Side by side, as one of them mostly waits. What the second says is printed behind the first. */
export function together(first: Suite, second: Suite): Suite {
  return async (out) => {
    const aside = new PassThrough();
    const said = text(aside);
    const outcomes = await Promise.all([first(out), second(aside).finally(() => aside.end())]);
    out.write(await said);
    return outcomes.flat();
  };
}

/** One after the other. */
export function inTurn(...suites: readonly Suite[]): Suite {
  return async (out) => {
    const outcomes: Outcome[] = [];
    for (const suite of suites) outcomes.push(...(await suite(out)));
    return outcomes;
  };
}

/** Runs a program; it counts as one test that passes when it exits 0. */
async function runProgram(out: Writable, name: string, argv: readonly [string, ...string[]]): Promise<Outcome> {
  out.write(`\n── ${name}\n`);
  const started = performance.now();
  const [program, ...args] = argv;
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }).on('error', reject).on('close', resolve);
    for (const said of [child.stdout, child.stderr]) said.pipe(out, { end: false });
  });
  out.write(`${code === 0 ? '✔' : '✖'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

interface Tests {
  readonly name: string;
  readonly files: readonly string[];
  readonly concurrency: number;
  /** After which one file is given up. */
  readonly minutes: number;
  /** Whether files with a failing test are run once more: for what drives other programs, which are late at times on a busy machine. */
  readonly again?: boolean;
}

/** Runs test files of `node:test`; counts tests, not files. A pattern that finds no file is a failure. */
async function runTests(out: Writable, suite: Tests): Promise<Outcome> {
  const { name, files, again = false } = suite;
  out.write(`\n── ${name}: ${files.length} files\n`);
  if (files.length === 0) return { name, passed: 0, failed: 1, skipped: 0 };
  const counts = await runFiles(out, suite);
  const failing = new Set(summed(counts).failures.map(({ file }) => file));
  if (!again || failing.size === 0) return { name, ...summed(counts) };
  out.write(`\n── ${name}: ${failing.size} files once more\n`);
  const unsteady = summed(counts).failures;
  for (const [file, count] of await runFiles(out, { ...suite, files: [...failing] })) counts.set(file, count);
  const outcome = { name, ...summed(counts) };
  return { ...outcome, unsteady: unsteady.filter((once) => !outcome.failures.some((twice) => twice.file === once.file && twice.name === once.name)) };
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  readonly failures: Failure[];
}

function summed(counts: ReadonlyMap<string, Counts>): Counts {
  const each = [...counts.values()];
  const sum = (key: 'passed' | 'failed' | 'skipped') => each.reduce((total, count) => total + count[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), failures: each.flatMap(({ failures }) => failures) };
}

/** Runs each file in a process of its own, and counts per file, by its path from the project's root. */
async function runFiles(out: Writable, { files, concurrency, minutes }: Tests): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>();
  const of = (file = '?') => {
    const known = relative(root, file);
    const count = counts.get(known) ?? { passed: 0, failed: 0, skipped: 0, failures: [] };
    counts.set(known, count);
    return count;
  };
  const stream = run({ files: files.map((file) => join(root, file)), concurrency, timeout: minutes * 60_000 });
  stream.on('test:pass', (test) => {
    if (test.details.type === 'suite') return;
    if (test.skip !== undefined) of(test.file).skipped++;
    else of(test.file).passed++;
  });
  stream.on('test:fail', (test) => {
    const { type, error } = test.details;
    // A suite that fails has a failing test inside, which is counted; a file that cannot be loaded has none.
    if (type === 'suite' && error.message.includes('subtest')) return;
    const count = of(test.file);
    count.failed++;
    const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : error.message;
    count.failures.push({ file: relative(root, test.file ?? '?'), name: test.name, message: cause });
  });
  const reported = stream.compose(spec);
  reported.pipe(out, { end: false });
  await new Promise<void>((resolve, reject) => {
    reported.on('end', resolve).on('error', reject);
  });
  return counts;
}

const all = globSync('test/**/*.test.ts', { cwd: root }).sort();
/** What a test needs beside Node and git stands in its file's name: `x.emacs.test.ts`. */
const needing = (needs: RegExp) => all.filter((file) => needs.test(file));
const special = /\.(slow|emacs|vscode|claude|client|package)\.test\.ts$/;

const bin = (name: string) => join(root, 'node_modules', '.bin', name);

const program = (name: string, ...argv: [string, ...string[]]): Suite => async (out) => [await runProgram(out, name, argv)];
const tests = (suite: Tests): Suite => async (out) => [await runTests(out, suite)];

export const types = inTurn(
  program('types of the core, without Node, DOM and vscode', bin('tsc'), '-p', 'tsconfig.core.json'),
  program('types of the pages, without Node and vscode', bin('tsc'), '-p', 'webview-ui/tsconfig.json'),
  program('types of everything', bin('tsc'), '-p', 'tsconfig.json'),
);
export const lint = program('lint', bin('eslint'), '.', '--max-warnings', '0');
export const build = program('build', process.execPath, 'scripts/build.ts', '--production');
export const fast = tests({ name: 'fast tests', files: all.filter((file) => !special.test(file)), concurrency: 2, minutes: 3 });
export const slow = tests({ name: 'slow tests, with Emacs', files: needing(/\.(slow|emacs)\.test\.ts$/), concurrency: 1, minutes: 8 });
export const editor = tests({
  name: 'tests in a real VS Code, with the real Claude Code, of the package',
  files: needing(/\.(vscode|claude|client|package)\.test\.ts$/),
  concurrency: 1,
  minutes: 8,
  again: true,
});

/** Says once more what failed, prints the closing line that CI reads, and exits. */
export function finish(outcomes: readonly Outcome[]): never {
  const sum = (key: 'passed' | 'failed' | 'skipped') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const list = (title: string, failures: readonly Failure[]) => {
    if (failures.length > 0) console.log(`\n${title}:\n${failures.map(described).join('\n')}`);
  };
  list('passed only when run once more', outcomes.flatMap(({ unsteady = [] }) => unsteady));
  list('failed', outcomes.flatMap(({ failures = [] }) => failures));
  const failing = outcomes.filter((outcome) => outcome.failed > 0).map((outcome) => outcome.name);
  if (failing.length > 0) console.log(`\nfailing: ${failing.join('; ')}`);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  process.exit(sum('failed') > 0 ? 1 : 0);
}

function described({ file, name, message }: Failure): string {
  const lines = message.split('\n').slice(0, 12).map((line) => `    ${line.slice(0, 300)}`);
  return `  ${file}: ${name}\n${lines.join('\n')}`;
}
