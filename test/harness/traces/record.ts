// Records the corpus of traces from the real client: `node test/harness/traces/record.ts [SITUATION…]`, all without names.
// A situation that could not be played leaves its old trace as it is.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tracesFolder } from '../../core/sessions/traces/trace.ts';
import { situations } from './situations.ts';
import { Stage } from './stage.ts';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !situations.some((situation) => situation.name === name));
if (unknown.length > 0) {
  console.error(`no such situation: ${unknown.join(', ')}. There are: ${situations.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
for (const situation of situations) {
  if (wanted.length > 0 && !wanted.includes(situation.name)) continue;
  try {
    const trace = await Stage.record(situation);
    await writeFile(join(tracesFolder, `${situation.name}.jsonl`), trace.map((record) => `${JSON.stringify(record)}\n`).join(''));
    console.log(`${situation.name}: ${trace.length} records`);
  } catch (error) {
    console.error(`${situation.name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
