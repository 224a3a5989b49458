/** 1,000 comments in a repository with 200 changed files: from the log to the lines where they are now. */
import { join } from 'node:path';
import { addComments, listComments } from '../src/core/review/index.ts';
import { testRepository } from '../test/helpers/repository.ts';
import { figure, medianMs, type Figure } from './figure.ts';

const fileCount = 200;
const perFile = 5;
const linesPerFile = 400;

export async function run(): Promise<Figure[]> {
  const text = (file: number, shift: number) => Array.from({ length: linesPerFile }, (_, line) => `  const value_${file}_${line} = compute(${line}, ${(line * 7 + file) % 31}); // step ${line + (line % 9 === 4 ? shift : 0)}`).join('\n');
  const files = Object.fromEntries(Array.from({ length: fileCount }, (_, file) => [`src/file_${file}.ts`, text(file, 0)]));
  const repository = testRepository(files);
  try {
    const { review } = await repository.open();
    const places = Object.keys(files).flatMap((path) => Array.from({ length: perFile }, (_, i) => ({ path: join(repository.root, path), range: { start: i * 70 + 5, end: i * 70 + 5 } })));
    await addComments(review, { places: places.slice(0, 1), text: 'warm' });
    for (let start = 1; start < places.length; start += 100) await addComments(review, { places: places.slice(start, start + 100), text: 'a comment' });
    for (let file = 0; file < fileCount; file++) repository.write(`src/file_${file}.ts`, `// new\n\n${text(file, 100).replace(/^.*step 200$/m, '')}`);
    const listed = await listComments(review);
    if (listed.length !== fileCount * perFile || listed.some((item) => item.status === 'exact')) throw new Error('the comments did not move');
    const ms = await medianMs(5, async () => {
      review.resolved.clear();
      await listComments(review);
    });
    return [figure('list and resolve 1,000 comments in 200 changed files', ms, 'ms', 5)];
  } finally {
    await repository.dispose();
  }
}
