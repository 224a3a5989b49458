/** Runs the installed hook as the agent would, and reads what the agent would read. */
import { hookCommandsIn, launcherIn, matcherTakes } from '../../../core/sessions/index.ts';
import { nodeProcesses } from '../processes.ts';
import type { Environment } from '../locations.ts';
import type { ManagedSettings } from './managed.ts';

interface InstalledHook {
  /** As it stands in the settings. */
  readonly command: string;
  /** The program that it starts. */
  readonly launcher: string;
  readonly sees: (tool: string) => boolean;
}

export interface HookReply {
  readonly state: 'denied' | 'asked' | 'passed';
  readonly message?: string;
}

const TIMEOUT_MS = 20_000;
const SESSION = '00000000-0000-4000-8000-000000000000';

/** The hooks of Wheelhouse before a tool call, in the settings that the agent reads. */
export function installedHooks(settings: readonly ManagedSettings[]): InstalledHook[] {
  return settings.flatMap((file) => hookCommandsIn(file.settings, 'PreToolUse')).flatMap(({ matcher, command }) => {
    const ours = launcherIn(command);
    return ours === undefined ? [] : [{ command, launcher: ours.launcher, sees: (tool) => matcherTakes(matcher, tool) }];
  });
}

/** Asks a hook about a tool call that nobody makes. */
export async function askHook(command: string, { tool, input, cwd, env }: { readonly tool: string; readonly input: Readonly<Record<string, unknown>>; readonly cwd: string; readonly env: Environment }): Promise<HookReply> {
  const event = { session_id: SESSION, transcript_path: '', cwd, permission_mode: 'default', hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input, tool_use_id: 'wheelhouse-canary' };
  try {
    const shell: readonly [string, ...string[]] = process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', command] : ['/bin/sh', '-c', command];
    const ran = await nodeProcesses().run(shell, { cwd, env: { ...env, CLAUDE_PROJECT_DIR: cwd, WHEELHOUSE_CANARY: '1' }, input: JSON.stringify(event), timeoutMs: TIMEOUT_MS });
    if (ran.exitCode === 2) return { state: 'denied' };
    if (ran.exitCode !== 0) return { state: 'passed', message: `The hook failed: ${ran.ended === 'timeout' ? 'it did not answer' : (ran.stderr.trim().split('\n', 1)[0] ?? '')}` };
    return read(ran.stdout, ran.stderr);
  } catch (error) {
    return { state: 'passed', message: `The hook cannot be run: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function read(stdout: string, stderr: string): HookReply {
  if (stdout.trim() === '') return { state: 'passed', ...(stderr.trim() !== '' && { message: `The hook says: ${stderr.trim().split('\n', 1)[0] ?? ''}` }) };
  try {
    const { hookSpecificOutput } = JSON.parse(stdout) as { hookSpecificOutput?: { permissionDecision?: unknown } };
    const decision = hookSpecificOutput?.permissionDecision;
    return { state: decision === 'deny' ? 'denied' : decision === 'ask' ? 'asked' : 'passed' };
  } catch {
    return { state: 'passed', message: 'What the hook printed is no answer that the agent understands.' };
  }
}
