/** The suites that `npm run check` and `npm test` are made of. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Runs a program; it counts as one test that passes when it exits 0. */
async function runProgram(name: string, argv: readonly [string, ...string[]]): Promise<Outcome> {
  console.log(`\n── ${name}`);
  const started = performance.now();
  const [program, ...args] = argv;
  const code = await new Promise<number | null>((resolve, reject) => {
    spawn(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).on('error', reject).on('close', resolve);
  });
  console.log(`${code === 0 ? '✔' : '✖'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * Runs test files of `node:test`; counts tests, not files. A pattern that finds no file is a failure.
 * @param minutes After which one file is given up.
 */
async function runTests(name: string, files: readonly string[], concurrency: number, minutes: number): Promise<Outcome> {
  console.log(`\n── ${name}: ${files.length} files`);
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
  reported.pipe(process.stdout, { end: false });
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

export async function runTypes(): Promise<Outcome[]> {
  return [
    await runProgram('types of the core, without Node, DOM and vscode', [bin('tsc'), '-p', 'tsconfig.core.json']),
    await runProgram('types of the pages, without Node and vscode', [bin('tsc'), '-p', 'webview-ui/tsconfig.json']),
    await runProgram('types of everything', [bin('tsc'), '-p', 'tsconfig.json']),
  ];
}
export const runLint = () => runProgram('lint', [bin('eslint'), '.', '--max-warnings', '0']);
export const runBuild = () => runProgram('build', [process.execPath, 'scripts/build.ts', '--production']);
export const runFastTests = () => runTests('fast tests', all.filter((file) => !special.test(file)), 2, 3);
export const runSlowTests = () => runTests('slow tests, with Emacs', needing(/\.(slow|emacs)\.test\.ts$/), 1, 6);
export const runEditorTests = () => runTests('tests in a real VS Code, with the real Claude Code, of the package', needing(/\.(vscode|claude|client|package)\.test\.ts$/), 1, 8);

/** Prints the closing line that CI reads, and exits. */
export function finish(outcomes: readonly Outcome[]): never {
  const sum = (key: 'passed' | 'failed' | 'skipped') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const failing = outcomes.filter((outcome) => outcome.failed > 0).map((outcome) => outcome.name);
  if (failing.length > 0) console.log(`\nfailing: ${failing.join('; ')}`);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  process.exit(sum('failed') > 0 ? 1 : 0);
}
