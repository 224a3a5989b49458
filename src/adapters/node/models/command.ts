import { basename } from 'node:path';
import { isWheelhouseError, WheelhouseError } from '../../../core/base/errors.ts';
import type { LanguageModel } from '../../../core/models/index.ts';
import type { Environment } from '../locations.ts';
import { guarded, type Limits } from './guard.ts';
import { inOwnFolder, lastWords, runProgram } from './program.ts';

export interface CommandModelOptions {
  /** The program and its arguments; there is no shell unless the program is one. */
  readonly argv: readonly [string, ...string[]];
  readonly env: Environment;
  readonly limits?: Partial<Limits>;
}

/** A command of the user's: instructions and material on standard input, the answer on standard output. */
export function commandModel({ argv, env, limits }: CommandModelOptions): LanguageModel {
  const name = basename(argv[0]);
  return guarded(
    name,
    (ask) =>
      inOwnFolder('', async ({ cwd }) => {
        let text = '';
        const end = await runProgram(argv, {
          cwd,
          env,
          input: `${ask.instructions}\n\n${ask.material}\n`,
          signal: ask.signal,
          onStdout: (piece) => {
            text += piece;
            ask.onText(piece);
          },
          onComplaint: ask.onLife,
        }).catch((error: unknown) => {
          if (!isWheelhouseError(error)) throw error;
          throw new WheelhouseError(error.code, `${error.message} It is the language model of your settings: correct the command there, or choose another model.`, { cause: error });
        });
        const complaint = lastWords(end.stderr);
        const why = complaint === '' ? '' : ` It said: “${complaint}”`;
        if (end.signal !== null) throw new WheelhouseError('refused', `${name} was ended from outside (${end.signal}) before it had answered. Try again.${why}`);
        if (end.exitCode !== 0) throw new WheelhouseError('refused', `${name} failed with exit code ${String(end.exitCode)}. Run it in a terminal to see why.${why}`);
        if (text.trim() === '') throw new WheelhouseError('refused', `${name} answered nothing. It has to read the task from standard input and print its answer.${why}`);
        return { text, model: name };
      }),
    limits,
  );
}
