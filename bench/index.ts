/**
 * `npm run bench [NAME…]`: every benchmark of this folder, one JSON line per figure.
 * Inputs are generated from fixed seeds; what is compared is measured in the same run.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Figure } from './figure.ts';

const files = globSync(['*.bench.ts', '*/index.ts'], { cwd: import.meta.dirname }).sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !files.some((file) => file.startsWith(name)));
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')}. There are: ${files.map((file) => file.replace(/(\.bench\.ts|\/index\.ts)$/, '')).join(', ')}`);
  process.exit(2);
}
for (const file of files) {
  if (wanted.length > 0 && !wanted.some((name) => file.startsWith(name))) continue;
  const { run } = (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as { run: () => Promise<readonly Figure[]> };
  for (const figure of await run()) console.log(JSON.stringify(figure));
}
