import { isWheelhouseError, WheelhouseError } from '../../../core/base/errors.ts';
import type { LanguageModel } from '../../../core/models/index.ts';
import type { Environment } from '../locations.ts';
import { ClaudeOutput } from './claude-answer.ts';
import { guarded, type Limits } from './guard.ts';
import { inOwnFolder, lastWords, runProgram } from './program.ts';

export interface ClaudeModelOptions {
  /** The user's environment: the client finds its login by it. */
  readonly env: Environment;
  /** A path, or a name on PATH. Default `claude`. */
  readonly program?: string;
  /** As `claude --model` takes it: an alias such as `sonnet`, or a full name. Default: the user's own choice. */
  readonly model?: string;
  /** Dollars that one answer may cost. */
  readonly budgetUsd?: number;
  readonly limits?: Partial<Limits>;
}

/**
 * The user's own Claude Code client in print mode, with nothing but the words it is given: no tools,
 * no MCP servers, no hooks, memory files, plugins or skills of anybody (`--safe-mode`, which leaves
 * the login and the choice of model as they are), in an empty folder, and without a session that
 * could be resumed. The instructions come by a private file, the material on standard input, so
 * neither shows in a list of processes.
 */
export function claudeModel({ env, program = 'claude', model, budgetUsd, limits }: ClaudeModelOptions): LanguageModel {
  return guarded(
    'Claude Code',
    (ask) =>
      inOwnFolder(ask.instructions, async ({ cwd, textFile }) => {
        const output = new ClaudeOutput(ask.onText);
        const end = await runProgram([program, ...claudeArguments(textFile, model, budgetUsd)], {
          cwd,
          env: { ...env, ...ownVariables },
          input: ask.material,
          signal: ask.signal,
          onStdout: (text) => {
            ask.onLife();
            output.add(text);
          },
          onComplaint: ask.onLife,
        }).catch((error: unknown) => {
          if (!isWheelhouseError(error) || error.code !== 'missing-program') throw error;
          throw new WheelhouseError('missing-program', `Claude Code was not found: there is no program ${program}. Install it, set its path in the settings, or choose another model.`, { cause: error });
        });
        const answer = output.answer();
        if (answer !== undefined) return answer;
        const complaint = lastWords(end.stderr);
        if (/unknown option/i.test(complaint)) {
          throw new WheelhouseError('refused', `This Claude Code is too old for writing cards (${complaint}). Run \`claude update\` in a terminal and try again.`);
        }
        const how = end.signal === null ? `ended with exit code ${String(end.exitCode)}` : `was ended from outside (${end.signal})`;
        throw new WheelhouseError('refused', `Claude Code ${how} before it had answered. Try again; if it stays so, run \`claude\` in a terminal to see why.${complaint === '' ? '' : ` It said: “${complaint}”`}`);
      }),
    limits,
  );
}

function claudeArguments(instructionsFile: string, model: string | undefined, budgetUsd: number | undefined): string[] {
  return [
    '--print',
    ...['--output-format', 'stream-json', '--verbose', '--include-partial-messages'],
    ...['--safe-mode', '--strict-mcp-config', '--disable-slash-commands', '--no-chrome', '--no-session-persistence'],
    ...['--tools', ''],
    ...['--system-prompt-file', instructionsFile],
    ...(model === undefined ? [] : ['--model', model]),
    ...(budgetUsd === undefined ? [] : ['--max-budget-usd', String(budgetUsd)]),
  ];
}

const ownVariables: Environment = {
  // Without these the client takes itself for a part of the session that Wheelhouse was started from.
  CLAUDECODE: undefined,
  CLAUDE_CODE_ENTRYPOINT: undefined,
  CLAUDE_CODE_SESSION_ID: undefined,
  CLAUDE_CODE_SSE_PORT: undefined,
  // The client tries ten times, for minutes, even with a wrong key; a waiting user wants to know sooner.
  CLAUDE_CODE_MAX_RETRIES: '3',
  DISABLE_AUTOUPDATER: '1',
};
