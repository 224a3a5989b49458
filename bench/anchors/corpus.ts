import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SeededRandom } from './random.ts';

export interface SourceFile {
  /** Relative to node_modules. */
  readonly path: string;
  readonly language: string;
  readonly lines: readonly string[];
}

const root = join(import.meta.dirname, '../../node_modules');
const FEWEST_LINES = 80;
const MOST_LINES = 1500;

/** Where there is code that people wrote, in packages that the lock file pins. */
const SOURCES: readonly { language: string; folder: string; ending: RegExp; files: number }[] = [
  { language: 'typescript', folder: 'zod/src', ending: /(?<!\.d|locales\/[\w-]*)\.ts$/, files: 40 },
  { language: 'javascript', folder: 'eslint/lib', ending: /\.js$/, files: 44 },
  { language: 'c++', folder: 'node/node_modules', ending: /include\/node\/(?:v8|node|cppgc)[\w/-]*\.h$/, files: 30 },
  { language: 'c', folder: '.', ending: /^(?:bare-fs|bare-buffer|bare-url|bare-path)\/binding\.c$/, files: 4 },
  { language: 'markdown', folder: '.', ending: /^[^/]+\/(?:README|CHANGELOG|readme)\.md$/, files: 20 },
  { language: 'python and go', folder: 'flatted', ending: /\.(?:py|go)$/, files: 2 },
];

/** The same files on every machine with the same lock file, in an order that mixes the languages. */
export function corpus(): SourceFile[] {
  const random = new SeededRandom(20);
  return SOURCES.flatMap(({ language, folder, ending, files }) => {
    const base = join(root, folder);
    const found: SourceFile[] = [];
    const paths = filesBelow(base, folder === '.' ? 2 : 12).map((path) => relative(base, path).replaceAll('\\', '/')).filter((path) => ending.test(path));
    for (const path of shuffled(paths.sort(), random)) {
      if (found.length === files) break;
      const lines = readFileSync(join(base, path), 'utf8').split(/\r?\n/);
      const tooWide = lines.some((line) => line.length > 500);
      if (lines.length >= FEWEST_LINES && lines.length <= MOST_LINES && !tooWide) found.push({ path: `${folder}/${path}`, language, lines });
    }
    return found;
  });
}

function filesBelow(folder: string, depth: number): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth > 1 ? filesBelow(path, depth - 1) : [];
    return entry.isFile() ? [path] : [];
  });
}

function shuffled<T>(items: readonly T[], random: SeededRandom): T[] {
  const left = [...items];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(random.int(0, left.length - 1), 1));
  return out;
}
