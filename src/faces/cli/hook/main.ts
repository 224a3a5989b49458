/**
 * `wheelhouse hook` as a program of its own: built as one file for the launcher, because an agent waits
 * for it before every tool call, and Node needs as long for the parts of the command line as for itself.
 */
import { writeSync } from 'node:fs';
import { answerToHook } from './answer.ts';

void answerToHook().then((answer) => {
  if (answer !== undefined) writeSync(1, `${JSON.stringify(answer)}\n`);
  process.exit();
});
