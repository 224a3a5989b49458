import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod';
import { exportCardFile, importCardFile } from '../../../adapters/node/cards/files.ts';
import { refuseNotes } from '../../../adapters/node/notes/settings.ts';
import { errorCodeOf, unreadable, unwritable } from '../../../adapters/node/file-errors.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { defineTool } from '../tool.ts';
import { defined, open, project, writes } from './cardsSchemas.ts';

const format = z.enum(['json', 'csv', 'org', 'markdown', 'anki']);

/** Longer than this, a text does a model no good. */
const longestText = 100_000;

export const exportTool = defineTool({
  name: 'flashcard_export',
  title: 'Export flashcards',
  description: 'Writes flashcards as JSON, CSV, org, Markdown or an Anki package, with schedules and history where the format has room for them: into a new file (output), or as the answer when there is none. A file that exists is not overwritten.',
  input: z.object({ format, project, output: z.string().min(1).optional().describe('Relative to the workspace, or absolute. Needed for anki.') }),
  output: z.object({ count: z.int(), file: z.string().nullable(), content: z.string().nullable() }),
  annotations: writes,
  run: async ({ format, project, output }, call) => {
    if (format === 'anki' && output === undefined) throw new WheelhouseError('usage', 'An Anki package is a binary file: say where with output.');
    const { content, count } = await exportCardFile(await call.user(), await open(call), format, defined({ project }));
    if (output === undefined) {
      const text = String(content);
      if (text.length > longestText) throw new WheelhouseError('refused', `That are ${text.length} characters. Give an output file, or a project.`);
      return { count, file: null, content: text };
    }
    const file = resolve(call.workspace.review.workspace, output);
    await refuseNotes(await call.user(), file);
    try {
      await writeFile(file, content, { flag: 'wx' });
    } catch (error) {
      if (errorCodeOf(error) === 'EEXIST') throw new WheelhouseError('refused', `${file} exists. Choose another name, or ask the user to move it away.`);
      throw unwritable(file, error);
    }
    return { count, file, content: null };
  },
});

export const importTool = defineTool({
  name: 'flashcard_import',
  title: 'Import flashcards',
  description: 'Reads flashcards from a file (JSON, CSV, org, Markdown, Anki .apkg), with schedules and history where it has them, as one step that the user can undo. Cards that are there already are left as they are, or updated with merge.',
  input: z.object({ file: z.string().min(1).describe('Relative to the workspace, or absolute.'), format: format.optional().describe('Default: by its content and name.'), project, merge: z.boolean().default(false) }),
  output: z.object({ added: z.int(), updated: z.int(), skipped: z.int(), cut: z.int().describe('Cards of which the file has only the beginning.'), problems: z.array(z.object({ at: z.string(), message: z.string() })) }),
  annotations: writes,
  run: async ({ file, format, project, merge }, call) => {
    const name = resolve(call.workspace.review.workspace, file);
    await refuseNotes(await call.user(), name);
    const bytes = await readFile(name).catch((error: unknown) => {
      throw unreadable(name, error);
    });
    const { added, updated, left, cut, problems } = await importCardFile(await call.user(), await open(call), { name, bytes, format }, { merge, ...defined({ project }) });
    return { added, updated, skipped: left, cut, problems: problems.slice(0, 50).map((problem) => ({ ...problem })) };
  },
});
