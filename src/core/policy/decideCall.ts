import { decideCommand } from './decideCommand.ts';
import { decidePath } from './decidePath.ts';
import { isLiteral, literalStart, matches } from './glob.ts';
import type { Access, Look, Policy, ToolCall, Verdict } from './model.ts';
import { shortened } from './wording.ts';

const MOST_PATHS = 200;

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
  if (tool.startsWith('mcp__')) return strictest(call, pathArguments(input).map(({ path, name }) => decidePath(policy, path, look.names(path, cwd), mcpAccess(tool, name))));
  return strictest(call, []);
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
      if (matches(last, sample, true) || matches(name, asked, policy.ignoreCase)) return decidePath(policy, glob, { names: [`/${sample}`], kind: 'none' }, 'read');
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

/** Arguments of an MCP tool that are paths by their name and look. */
function pathArguments(input: Readonly<Record<string, unknown>>): { name: string; path: string }[] {
  return Object.entries(input).flatMap(([name, value]) => (/path|file|folder|dir|uri|source|target|destination/i.test(name) ? textsOf(value).filter((text) => text.length < 4096 && !/\n/.test(text) && !/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(text)).map((path) => ({ name, path })) : [])).slice(0, MOST_PATHS);
}

function mcpAccess(tool: string, name: string): Access {
  return /write|edit|create|delete|remove|move|rename|save|append|update|put/i.test(tool) && !/source/i.test(name) ? 'write' : 'read';
}

/** What has nothing to do with files and commands is no matter of the policy. */
function touches({ tool, input }: ToolCall): boolean {
  return Object.hasOwn(fileTools, tool) || commandTools.has(tool) || tool === 'Grep' || tool === 'Glob' || (tool.startsWith('mcp__') && pathArguments(input).length > 0);
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
