import { decideCommand } from './decideCommand.ts';
import { decidePath } from './decidePath.ts';
import { isLiteral, literalStart, matches } from './glob.ts';
import type { Access, Look, Policy, ToolCall, Verdict } from './model.ts';
import { shortened } from './wording.ts';

const MOST_PATHS = 200;
/** Objects in each other, among the arguments of a tool. */
const MOST_NESTED = 6;

/** The tools that take one file each, and what they do with it. */
const fileTools: Readonly<Record<string, Access>> = { Read: 'read', NotebookRead: 'read', LSP: 'read', LS: 'read', Edit: 'write', Write: 'write', MultiEdit: 'write', NotebookEdit: 'write' };
const commandTools = new Set(['Bash', 'Monitor', 'PowerShell']);

/** What the policy says about one call of a tool. The strictest answer for any of its files counts. */
export function decideCall(policy: Policy, call: ToolCall, look: Look): Verdict {
  const own = decide(policy, call, look);
  const [problem] = policy.problems;
  if (problem === undefined || own.decision === 'deny' || !touches(call)) return own;
  return { ...own, decision: 'ask', reason: `${problem.file}:${problem.line} is not understood (${problem.message.replace(/\.$/, '')}), so the policy is closed: what it denies by default is denied, and everything else needs the user's yes until the file is corrected.`, guaranteed: true };
}

function decide(policy: Policy, call: ToolCall, look: Look): Verdict {
  const { tool, input, cwd, home } = call;
  const access = Object.hasOwn(fileTools, tool) ? fileTools[tool] : undefined;
  if (access !== undefined) return strictest(call, ['file_path', 'notebook_path', 'path', 'filePath'].flatMap((name) => textsOf(input[name])).map((path) => decidePath(policy, path, look.names(path, cwd), access)));
  if (commandTools.has(tool)) return strictest(call, [...textsOf(input['command']).map((script) => decideCommand(policy, script, cwd, home, look)), leavesSandbox(policy, call)]);
  if (tool === 'Grep' || tool === 'Glob') return strictest(call, search(policy, call, look));
  const isMcp = tool.startsWith('mcp__');
  const given = argumentsOf(input);
  const paths = given.filter(({ name, text }) => (isMcp && isPathArgument(name, text)) || /^file:\/\//i.test(text));
  const scripts = given.filter(({ name }) => isMcp && isScriptArgument(name));
  return strictest(call, [
    ...paths.slice(0, MOST_PATHS).map(({ name, text }) => decidePath(policy, text, look.names(text, cwd), mcpAccess(tool, name))),
    // An argument of that name may be no script at all: what is not understood of it is no reason to ask.
    ...scripts.slice(0, MOST_PATHS).map(({ text }) => decideCommand({ ...policy, unclear: 'allow' }, text, cwd, home, look)),
  ]);
}

/**
 * Claude Code asks the user before a command leaves the sandbox, but in a session that bypasses permissions it lets it
 * out, whatever a hook would have it ask; with `required` it never does (all seen with 2.1.197).
 */
function leavesSandbox({ sandbox }: Policy, { input, asksNobody = false }: ToolCall): Verdict | undefined {
  if (sandbox !== 'on' || input['dangerouslyDisableSandbox'] !== true) return undefined;
  const [subject = ''] = textsOf(input['command']);
  const reason = `Running "${shortened(subject)}" outside of the sandbox needs the user's yes by the policy (sandbox: on)${asksNobody ? ', and this session bypasses permissions. Run it in the sandbox, or tell the user' : ''}.`;
  return { decision: asksNobody ? 'deny' : 'ask', reason, subject, guaranteed: true };
}

/**
 * A search says what is in files (Grep) or which there are (Glob). One that is aimed at what may not be read is
 * denied; one over a whole folder leaves it out by the agent's own rules.
 */
function search(policy: Policy, { tool, input, cwd }: ToolCall, look: Look): (Verdict | undefined)[] {
  const [folder = cwd] = textsOf(input['path']);
  const found = look.names(folder, cwd);
  const verdicts = [decidePath(policy, folder, found, 'read')];
  const base = found.names[0] ?? '';
  const globs = textsOf(tool === 'Grep' ? input['glob'] : input['pattern']).flatMap((text) => (tool === 'Grep' ? text.split(/[\s,]+(?![^{]*\})/) : [text])).flatMap(alternatives);
  for (const glob of globs.slice(0, MOST_PATHS)) {
    if (glob === '' || glob.startsWith('!')) continue;
    const start = isAbsolute(glob) || glob.startsWith('~') ? glob : `${base}/${glob}`;
    if (isLiteral(glob)) verdicts.push(decidePath(policy, glob, look.names(start, cwd), 'read'), decidePath(policy, glob, look.names(`${base}/${glob}`, cwd), 'read'));
    else {
      const stem = literalStart(start);
      verdicts.push(decidePath(policy, stem, look.names(stem === '' ? '/' : stem, cwd), 'read'), aimedAt(policy, glob));
    }
  }
  return verdicts;
}

/** Whether a pattern of a search is about nothing but what a rule denies: "*.env" is, "*" and "*.ts" are not. */
function aimedAt(policy: Policy, glob: string): Verdict | undefined {
  const last = glob.slice(glob.lastIndexOf('/') + 1);
  if (!/[^*?[\]]{2}/.test(last)) return undefined;
  for (const rule of policy.rules) {
    if (rule.kind !== 'path' || rule.access !== 'read') continue;
    for (const own of rule.globs) {
      const name = own.slice(own.lastIndexOf('/') + 1);
      const [sample, asked] = [nameLike(name), nameLike(last)];
      if (!own.startsWith('**/') || !/[^*?[\]]{2}/.test(name)) continue;
      // A pattern that takes in more than the rule is aimed at it when it says what the rule says first.
      const said = name.split(/[*?]|\[[^\]]*\]/).find((piece) => piece.length > 1) ?? '';
      if ((matches(last, sample, true) && last.toLowerCase().includes(said.toLowerCase())) || matches(name, asked, policy.ignoreCase)) return decidePath(policy, glob, { names: [`/${sample}`], kind: 'none' }, 'read');
    }
  }
  return undefined;
}

/** A name that a pattern stands for. */
function nameLike(pattern: string): string {
  return pattern.replace(/\[[^\]]*\]/g, 'x').replace(/[*?]/g, 'x');
}

/** `a.{b,c}` → `a.b`, `a.c`. */
function alternatives(glob: string): string[] {
  const found = /\{([^{}]*)\}/.exec(glob);
  if (!found) return [glob];
  return (found[1] ?? '').split(',').slice(0, 50).flatMap((choice) => alternatives(glob.slice(0, found.index) + choice + glob.slice(found.index + found[0].length))).slice(0, MOST_PATHS);
}

/** The texts among the arguments of a tool, by the nearest name; those in lists and objects, too. */
function argumentsOf(input: unknown, name = '', depth = 0): { readonly name: string; readonly text: string }[] {
  if (typeof input === 'string') return input === '' ? [] : [{ name, text: input }];
  if (typeof input !== 'object' || input === null || depth > MOST_NESTED) return [];
  return Object.entries(input).flatMap(([key, value]) => argumentsOf(value, Array.isArray(input) ? name : key, depth + 1));
}

/** Whether an argument of an MCP tool is a path, by its name and look. */
function isPathArgument(name: string, text: string): boolean {
  return /path|file|folder|dir|uri|source|target|destination/i.test(name) && text.length < 4096 && !/\n/.test(text) && !/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(text);
}

function isScriptArgument(name: string): boolean {
  return /^(?:command|cmd|shell_command|command_line)$/i.test(name);
}

function mcpAccess(tool: string, name: string): Access {
  return /write|edit|create|delete|remove|move|rename|save|append|update|put/i.test(tool) && !/source/i.test(name) ? 'write' : 'read';
}

/** What has nothing to do with files and commands is no matter of the policy. */
function touches({ tool, input }: ToolCall): boolean {
  return Object.hasOwn(fileTools, tool) || commandTools.has(tool) || tool === 'Grep' || tool === 'Glob' || (tool.startsWith('mcp__') && argumentsOf(input).some(({ name, text }) => isPathArgument(name, text) || isScriptArgument(name)));
}

function strictest({ tool }: ToolCall, verdicts: readonly (Verdict | undefined)[]): Verdict {
  const found = verdicts.filter((verdict) => verdict !== undefined);
  return found.find(({ decision }) => decision === 'deny') ?? found.find(({ decision }) => decision === 'ask') ?? found[0] ?? { decision: 'allow', reason: 'No rule of the policy objects.', subject: tool, guaranteed: true };
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string' && each !== '') : [];
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
}
