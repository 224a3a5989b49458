/** The suites that `npm run check` and `npm test` are made of. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/**
 * Runs test files of `node:test`; counts tests, not files. A pattern that finds no file is a failure.
 * @param minutes After which one file is given up.
 */
async function runTests(out: Writable, name: string, files: readonly string[], concurrency: number, minutes: number): Promise<Outcome> {
  out.write(`\n── ${name}: ${files.length} files\n`);
  if (files.length === 0) return { name, passed: 0, failed: 1, skipped: 0 };
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const stream = run({ files: files.map((file) => join(root, file)), concurrency, timeout: minutes * 60_000 });
  stream.on('test:pass', (test) => {
    if (test.details.type === 'suite') return;
    if (test.skip !== undefined) counts.skipped++;
    else counts.passed++;
  });
  stream.on('test:fail', (test) => {
    // A suite that fails has a failing test inside, which is counted; a file that cannot be loaded has none.
    if (test.details.type === 'suite' && test.details.error.message.includes('subtest')) return;
    counts.failed++;
  });
  const reported = stream.compose(spec);
  reported.pipe(out, { end: false });
  await new Promise<void>((resolve, reject) => {
    reported.on('end', resolve).on('error', reject);
  });
  return { name, ...counts };
}

const all = globSync('test/**/*.test.ts', { cwd: root }).sort();
/** What a test needs beside Node and git stands in its file's name: `x.emacs.test.ts`. */
const needing = (needs: RegExp) => all.filter((file) => needs.test(file));
const special = /\.(slow|emacs|vscode|claude|client|package)\.test\.ts$/;

const bin = (name: string) => join(root, 'node_modules', '.bin', name);

const program = (name: string, ...argv: [string, ...string[]]): Suite => async (out) => [await runProgram(out, name, argv)];
const tests = (name: string, files: readonly string[], concurrency: number, minutes: number): Suite => async (out) => [await runTests(out, name, files, concurrency, minutes)];

export const types = inTurn(
  program('types of the core, without Node, DOM and vscode', bin('tsc'), '-p', 'tsconfig.core.json'),
  program('types of the pages, without Node and vscode', bin('tsc'), '-p', 'webview-ui/tsconfig.json'),
  program('types of everything', bin('tsc'), '-p', 'tsconfig.json'),
);
export const lint = program('lint', bin('eslint'), '.', '--max-warnings', '0');
export const build = program('build', process.execPath, 'scripts/build.ts', '--production');
export const fast = tests('fast tests', all.filter((file) => !special.test(file)), 2, 3);
export const slow = tests('slow tests, with Emacs', needing(/\.(slow|emacs)\.test\.ts$/), 1, 8);
export const editor = tests('tests in a real VS Code, with the real Claude Code, of the package', needing(/\.(vscode|claude|client|package)\.test\.ts$/), 1, 8);

/** Prints the closing line that CI reads, and exits. */
export function finish(outcomes: readonly Outcome[]): never {
  const sum = (key: 'passed' | 'failed' | 'skipped') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const failing = outcomes.filter((outcome) => outcome.failed > 0).map((outcome) => outcome.name);
  if (failing.length > 0) console.log(`\nfailing: ${failing.join('; ')}`);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  process.exit(sum('failed') > 0 ? 1 : 0);
}
