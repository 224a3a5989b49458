/** `npm run package`: builds for release and packs `dist/wheelhouse.vsix`. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join('dist', 'wheelhouse.vsix');
const run = (program: string, args: readonly string[]) => void execFileSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

run(process.execPath, ['scripts/build.ts', '--production']);
// Everything is bundled, so the package needs no node_modules; there is no public repository to link to yet.
run(process.execPath, [join('node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', out]);
console.log(`${out}: ${(statSync(join(root, out)).size / 1024).toFixed(0)} KB`);
