/** The walls between the parts, held by looking at what every file imports. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');

interface Import {
  readonly file: string;
  /** A path relative to the root, or a package name. */
  readonly target: string;
  readonly isType: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:^|[\s;])(import|export)\s+(type\s)?(?:[\w*{][^'"();]*?\sfrom\s*)?['"]([^'"\n]+)['"]|import\(\s*['"]([^'"\n]+)['"]\s*\)|require\(\s*['"]([^'"\n]+)['"]\s*\)/g)) {
    const target = match[3] ?? match[4] ?? match[5] ?? '';
    found.push({ file, target: target.startsWith('.') ? normalize(join(dirname(file), target)) : target, isType: match[2] !== undefined });
  }
  return found;
}

const sources = globSync(['src/**/*.ts', 'webview-ui/**/*.ts'], { cwd: root }).sort();
const imports = sources.flatMap(importsOf);
const inside = (path: string, folder: string) => !relative(folder, path).startsWith('..');
const show = (list: readonly Import[]) => list.map(({ file, target }) => `${file} imports ${target}`);

test('the scan sees the imports', () => {
  assert(imports.length > 200);
  assert(imports.some(({ file, target }) => file === 'src/faces/cli/cli.ts' && target === 'src/faces/cli/nouns/review.ts'), 'dynamic imports');
});

const pagePackages = ['d3-array', 'd3-axis', 'd3-brush', 'd3-cloud', 'd3-force', 'd3-quadtree', 'd3-scale', 'd3-selection', 'd3-shape', 'd3-time', 'd3-time-format', 'd3-zoom', 'highlight.js', 'markdown-it'];

/** What files of a folder may import, beside files of the same folder. */
const rules: { folder: string; may: readonly string[]; why: string }[] = [
  { folder: 'src/core', may: ['ts-fsrs', 'yaml', 'smol-toml', 'jsonc-parser'], why: 'the core is headless: everything outside comes in through its ports; these packages are pure' },
  { folder: 'src/protocol', may: [], why: 'both sides of a webview share it' },
  { folder: 'src/adapters', may: ['src/core', 'node:', 'sql.js', 'fflate', 'fzstd'], why: 'adapters are for any face' },
  { folder: 'src/faces/cli', may: ['src/core', 'src/adapters', 'src/faces/mcp', 'node:', 'package.json'], why: 'a face knows no other, but `mcp` is a verb of the command line' },
  { folder: 'src/faces/mcp', may: ['src/core', 'src/adapters', 'node:', 'package.json', '@modelcontextprotocol/server', '@modelcontextprotocol/server/stdio', 'zod'], why: 'a face knows no other' },
  { folder: 'src/faces/vscode', may: ['src/core', 'src/adapters', 'src/protocol', 'node:', 'vscode', 'package.json'], why: 'a face knows no other' },
  { folder: 'webview-ui', may: ['src/protocol', ...pagePackages], why: 'a page has no Node and no host' },
];
for (const { folder, may, why } of rules) {
  test(`${folder} imports only what it may: ${why}`, () => {
    const allowed = ({ target }: Import) => inside(target, folder) || may.some((start) => target === start || target.startsWith(start.endsWith(':') ? start : `${start}/`));
    assert.deepEqual(show(imports.filter((i) => inside(i.file, folder) && !allowed(i))), []);
  });
}

/** Domains of the core meet through their index, along these edges. */
const domains: Readonly<Record<string, readonly string[]>> = {
  base: [],
  ports: ['base'],
  git: ['base', 'ports'],
  storage: ['base', 'ports'],
  smoke: ['base', 'ports'],
  install: ['base', 'ports'],
  sessions: ['base', 'ports', 'storage'],
  coordination: ['base', 'ports'],
  audit: ['base', 'ports'],
  policy: ['base', 'ports'],
  prompts: ['base', 'ports', 'storage'],
  cards: ['base', 'ports', 'storage', 'models'],
  models: ['base', 'ports'],
  notes: ['base', 'ports'],
  checkpoints: ['base', 'ports', 'sessions'],
  review: ['base', 'ports', 'git', 'storage', 'smoke'],
};
test('domains of the core meet along the allowed edges, through their index', () => {
  const domainOf = (path: string) => path.split('/')[2] ?? '';
  const open = new Set(['base', 'ports', 'git']);
  const core = imports.filter((i) => inside(i.file, 'src/core') && inside(i.target, 'src/core') && domainOf(i.file) !== domainOf(i.target));
  assert.deepEqual(show(core.filter((i) => domains[domainOf(i.file)]?.includes(domainOf(i.target)) !== true)), []);
  assert.deepEqual(show(core.filter((i) => !open.has(domainOf(i.target)) && !/\/index\.ts$/.test(i.target))), []);
});

test('a page takes parts of its own and shared ones, none of another page', () => {
  const pageOf = (path: string) => path.split('/')[1] ?? '';
  const open = new Set(['shared', 'protocol']);
  assert.deepEqual(show(imports.filter((i) => inside(i.file, 'webview-ui') && inside(i.target, 'webview-ui') && !open.has(pageOf(i.target)) && pageOf(i.target) !== pageOf(i.file))), []);
});

test('faces and adapters take domains by their index, or by the light part of it', () => {
  const open = new Set(['base', 'ports', 'git']);
  const outside = imports.filter((i) => !inside(i.file, 'src/core') && inside(i.target, 'src/core') && !open.has(i.target.split('/')[2] ?? '') && !/^src\/core\/\w+\/(index|light)\.ts$/.test(i.target));
  assert.deepEqual(show(outside), []);
});

test('the core is type-checked without Node, DOM and vscode, so no global of theirs compiles there', () => {
  const config = JSON.parse(readFileSync(join(root, 'tsconfig.core.json'), 'utf8').replace(/^\s*\/\/.*$/gm, '')) as { compilerOptions: { lib: string[]; types: string[] }; include: string[] };
  assert.deepEqual(config.compilerOptions.types, []);
  assert(config.compilerOptions.lib.every((lib) => lib.startsWith('ES')));
  assert.deepEqual(config.include, ['src/core', 'src/protocol']);
});

test('there is no import cycle', () => {
  const edges = new Map(sources.map((file) => [file, imports.filter((i) => i.file === file && !i.isType).map((i) => i.target)]));
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    assert(at < 0, [...path.slice(at), file].join(' → '));
    if (done.has(file)) return;
    path.push(file);
    for (const target of edges.get(file) ?? []) if (edges.has(target)) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of sources) visit(file);
});
