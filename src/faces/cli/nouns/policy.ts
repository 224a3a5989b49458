import { isAgentRun } from '../../../adapters/node/agent-run.ts';
import { applyPolicy, checkPaths, findExposed, initPolicy, mendExposed, openPolicyPlace, planApply, protectionOf, readPolicy, verifyPolicy, type PolicyPlace, type Verification } from '../../../adapters/node/policy/policy.ts';
import { noPolicy } from '../../../adapters/node/policy/check.ts';
import { launcherPath, writeLauncher } from '../../../adapters/node/launcher.ts';
import { settleDataRoot } from '../../../adapters/node/locations.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { plain, plainLine } from '../../../core/base/plain.ts';
import { ruleText, sourceText, type Policy, type Verdict } from '../../../core/policy/index.ts';
import { oneOf, type Input, type Noun } from '../verb.ts';
import { policyText, verificationText } from '../policyText.ts';
import { policyAudit } from './policyAudit.ts';

const tools = ['Read', 'Edit', 'Bash'] as const;

export const policy: Noun = {
  summary: 'what coding agents may read, write and run',
  verbs: {
    init: {
      usage: '[--scope repository|user]',
      summary: 'Write a policy to begin with, for this repository or for all of yours. One that is there stays as it is.',
      args: [0, 0],
      options: { scope: { type: 'string' } },
      run: async (input) => {
        const scope = oneOf('scope', input.options['scope'], ['repository', 'user'] as const) ?? 'repository';
        const { file, change } = await initPolicy(placeOf(input), scope);
        return { json: { file, change }, text: change === 'created' ? `Wrote ${file}. Read it, change it, and then: wheelhouse policy apply, wheelhouse policy verify` : `${file} is there already; nothing was changed.` };
      },
    },
    show: {
      usage: '',
      summary: 'Show the policy that counts here, each rule with where it stands, and whether it is known to hold.',
      args: [0, 0],
      run: async (input) => {
        const place = placeOf(input);
        const found = await readPolicy(place);
        if (found === undefined) throw noPolicy();
        const { state, verification } = await protectionOf(place);
        return { json: { ...policyJson(found), protection: { state, ...(verification && { at: new Date(verification.at).toISOString() }) } }, text: plain(policyText(found, state, verification?.at)), exitCode: found.problems.length > 0 ? 1 : 0 };
      },
    },
    check: {
      usage: 'PATH… [--tool Read|Edit|Bash]',
      summary: 'Say what the policy decides about each path, or with --tool Bash about each command, and why. Exit code 1 when one is denied.',
      args: [1, Infinity],
      options: { tool: { type: 'string' } },
      run: async (input) => {
        const tool = oneOf('tool', input.options['tool'], tools) ?? 'Read';
        const checked = await checkPaths(placeOf(input), input.args, tool);
        return {
          json: { checks: checked.map(({ path, verdict }) => ({ path, tool, ...verdictJson(verdict) })) },
          text: checked.map(({ path, verdict }) => `${verdict.decision.padEnd(5)}  ${plainLine(path)}${verdict.decision === 'allow' ? (verdict.guaranteed ? '' : '  (not guaranteed: what a command does cannot be told from its text)') : `\n       ${verdict.reason}`}`).join('\n'),
          exitCode: checked.some(({ verdict }) => verdict.decision === 'deny') ? 1 : 0,
        };
      },
    },
    apply: {
      usage: '[--scope workspace|user] [--dry-run] [--remove]',
      summary: "Write the policy into the settings of Claude Code: its own rules, its sandbox and the hook. --dry-run shows the difference; --remove takes exactly that out again.",
      args: [0, 0],
      options: { scope: { type: 'string' }, 'dry-run': { type: 'boolean' }, remove: { type: 'boolean' } },
      run: async (input) => {
        const place = placeOf(input);
        const remove = input.options['remove'] === true;
        if (remove && isAgentRun(process.env)) throw new WheelhouseError('refused', "only the user can take the policy out of the agent's settings. Ask the user.");
        const options = { scope: oneOf('scope', input.options['scope'], ['workspace', 'user'] as const) ?? 'workspace', remove, launcher: launcherPath(place.dataRoot) };
        if (input.options['dry-run'] === true) {
          const plan = await planApply(place, options);
          return { json: { ...plan, before: plan.before ?? null, after: plan.after ?? null, change: 'none' }, text: plain([plan.diff === '' ? `${plan.file} needs no change.` : plan.diff.trimEnd(), ...plan.notes].join('\n')) };
        }
        if (!remove) await writeLauncher(place.dataRoot, { runtime: process.execPath, cli: input.program });
        const done = await applyPolicy(place, options);
        const said = { created: `Created ${done.file}.`, changed: `Changed ${done.file}.`, removed: `Removed ${done.file}, which held nothing else.`, none: `${done.file} needed no change.` }[done.change];
        return { json: { ...done, before: done.before ?? null, after: done.after ?? null }, text: [said, ...done.notes, ...(remove ? [] : ['Sessions that run now keep their old rules; new ones have these. Nothing is proven yet: wheelhouse policy verify'])].join('\n') };
      },
    },
    verify: {
      usage: '',
      summary: 'Prove that the policy holds: each rule is tried on each layer with a canary. Exit code 1 unless every rule is stopped.',
      args: [0, 0],
      run: async (input) => {
        const done = await verifyPolicy(placeOf(input), { signal: input.signal });
        return { json: verificationJson(done), text: plain(verificationText(done)), exitCode: done.protected ? 0 : 1 };
      },
    },
    secrets: {
      usage: '[--fix]',
      summary: 'List secrets in the repository and in the known places of your home folder that others on this machine may read or change; --fix takes that permission away (chmod 600, folders 700).',
      args: [0, 0],
      options: { fix: { type: 'boolean' } },
      run: async (input) => {
        const found = await findExposed(placeOf(input));
        const mended = input.options['fix'] === true ? await mendExposed(found) : [];
        const done = new Set(mended.map(({ path }) => path));
        const octal = (mode: number) => mode.toString(8).padStart(3, '0');
        const lines = found.map(({ path, mode, wanted, why }) => `${done.has(path) ? `${octal(mode)} → ${octal(wanted)}` : octal(mode)}  ${plainLine(path)}: ${why}`);
        const left = found.length - mended.length;
        return {
          json: { exposed: found.map((each) => ({ ...each, mode: octal(each.mode), wanted: octal(each.wanted), mended: done.has(each.path) })) },
          text: found.length === 0 ? 'No secret is open to others.' : [...lines, ...(left > 0 ? ['"wheelhouse policy secrets --fix" takes these permissions away.'] : [])].join('\n'),
          exitCode: left > 0 ? 1 : 0,
        };
      },
    },
    audit: policyAudit,
  },
};

function placeOf(input: Input): PolicyPlace {
  return openPolicyPlace({ folder: input.folder, env: process.env, dataRoot: settleDataRoot({ env: process.env, ...(input.dataOverride !== undefined && { dataOverride: input.dataOverride }) }) });
}

function policyJson({ files, rules, problems, unclear, failClosed, sandbox }: Policy) {
  return { files, rules: rules.map((rule) => ({ rule: ruleText(rule), pattern: rule.pattern, effect: rule.effect, ...(rule.kind !== 'command' && { access: rule.access }), scope: rule.source.scope, file: rule.source.file, line: rule.source.line })), problems, unclear, failClosed, sandbox };
}

function verdictJson({ decision, reason, rule, guaranteed }: Verdict) {
  return { decision, reason, guaranteed, ...(rule && { rule: ruleText(rule), file: rule.source.file, line: rule.source.line }) };
}

function verificationJson({ rows, at, ...rest }: Verification) {
  return { at: new Date(at).toISOString(), protected: rest.protected, sandbox: rest.sandbox, notes: rest.notes, rows: rows.map(({ rule, ...row }) => ({ rule: ruleText(rule), source: sourceText(rule.source), ...row })) };
}
