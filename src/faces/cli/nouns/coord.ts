import { coordinationOfCommand } from '../../../adapters/node/coordination/command.ts';
import { waitAt } from '../../../adapters/node/coordination/wait.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { plain } from '../../../core/base/plain.ts';
import * as core from '../../../core/coordination/index.ts';
import { formatBarrier, formatConflicts, formatFeed, formatStatus } from '../coordText.ts';
import { oneOf, text, type Answer, type Input, type Noun, type OptionValue } from '../verb.ts';

const asOption = { as: { type: 'string' } } as const;
const MANY = 1_000_000;

async function context(input: Input): Promise<core.CoordinationContext> {
  const name = text(input.options['as']);
  if (name !== undefined) core.checkName('who acts (--as)', name);
  return coordinationOfCommand(await input.workspace(), process.env, input.folder, name);
}

const targetsOf = (targets: readonly core.Target[]) => targets.map(core.targetText);

export const coord: Noun = {
  summary: 'who works on what: claims on files, barriers where sessions wait for each other, what each says of itself',
  verbs: {
    claim: {
      usage: 'PATH… [--shared] [--ttl S] [--why S] [--key K] [--as NAME]',
      summary: 'Claim files, folders and globs, all of them or none. A claim lasts 900 seconds (--ttl) after the last activity of its holder, and ends with its process.',
      args: [1, MANY],
      options: { ...asOption, shared: { type: 'boolean' }, ttl: { type: 'string' }, why: { type: 'string' }, key: { type: 'string' } },
      run: async (input) => {
        const coordination = await context(input);
        const ttlSeconds = seconds('ttl', input.options['ttl']);
        const [why, key] = [text(input.options['why']), text(input.options['key'])];
        const granted = await core.claimPaths(coordination, {
          paths: input.args,
          mode: input.options['shared'] === true ? 'shared' : 'exclusive',
          ...(ttlSeconds !== undefined && { ttlSeconds }),
          ...(why !== undefined && { why }),
          ...(key !== undefined && { key }),
        });
        await coordination.ledger.save();
        const paths = targetsOf(granted.targets);
        const json = { paths, mode: granted.mode, session: coordination.agent.session, fence: granted.fence, worktree: granted.worktree, expiresAt: core.iso(granted.expiresAt) };
        return { json, text: plain(`${coordination.agent.session} holds ${paths.join(', ')} until ${core.iso(granted.expiresAt)} (fence ${granted.fence}).`) };
      },
    },
    release: {
      usage: '(PATH… | --all) [--force] [--as NAME]',
      summary: "Give back what you hold. --force, for people only, breaks another's claim.",
      args: [0, MANY],
      options: { ...asOption, all: { type: 'boolean' }, force: { type: 'boolean' } },
      run: async (input) => {
        const all = input.options['all'] === true;
        if (all === input.args.length > 0) throw new WheelhouseError('usage', 'usage: wheelhouse coord release (PATH… | --all)');
        const given = targetsOf(await core.releasePaths(await context(input), all ? 'all' : input.args, input.options['force'] === true));
        return { json: { released: given }, text: plain(given.length === 0 ? 'There was nothing to release.' : `Released ${given.join(', ')}.`) };
      },
    },
    check: {
      usage: 'PATH… [--as NAME]',
      summary: 'Name those of the paths that another session has claimed; exit 1 when there are any. Nothing is claimed.',
      args: [1, MANY],
      options: asOption,
      run: check,
    },
    status: {
      usage: '',
      summary: 'Who holds what, who waits for whom, and what the sessions say of themselves.',
      args: [0, 0],
      options: asOption,
      run: async (input) => {
        const coordination = await context(input);
        await core.refreshWithDeaths(coordination);
        await coordination.ledger.save();
        const json = core.coordinationJson(coordination.ledger);
        return { json, text: formatStatus(json, coordination.ledger.now()) };
      },
    },
    barrier: {
      usage: 'add NAME (--required A,B | --count N) [--deadline S] | arrive NAME | wait NAME [--timeout S] | break NAME  [--as NAME]',
      summary: 'Sessions meet: it opens once all required have arrived, and breaks when one of them dies before or the deadline (default an hour) passes. wait: exit 1 when it broke, or is still waited at after the timeout. break, for people only: nobody is to wait there any longer.',
      args: [2, 2],
      options: { ...asOption, required: { type: 'string' }, count: { type: 'string' }, deadline: { type: 'string' }, timeout: { type: 'string' } },
      run: barrier,
    },
    set: {
      usage: 'in_progress|blocked|completed [NOTE] [--as NAME]',
      summary: 'Say how your work stands.',
      args: [1, 2],
      options: asOption,
      run: async (input) => {
        const status = oneOf('status', input.args[0], core.sessionStatuses) ?? 'in_progress';
        const coordination = await context(input);
        await core.setStatus(coordination, status, input.args[1]);
        return { json: core.reportJson(coordination.ledger, coordination.agent.session), text: plain(`${coordination.agent.session}: ${status}`) };
      },
    },
    block: {
      usage: 'TEXT [--on SESSION] [--as NAME]',
      summary: 'Say what blocks you, and which session could help.',
      args: [1, 1],
      options: { ...asOption, on: { type: 'string' } },
      run: async (input) => {
        const id = await core.addBlocker(await context(input), input.args[0] ?? '', text(input.options['on']));
        return { json: { id }, text: `Blocker ${id}.` };
      },
    },
    resolve: {
      usage: 'ID [--as NAME]',
      summary: 'A blocker is no more.',
      args: [1, 1],
      options: asOption,
      run: async (input) => {
        const id = input.args[0] ?? '';
        await core.resolveBlocker(await context(input), id);
        return { json: { id }, text: plain(`Blocker ${id} is resolved.`) };
      },
    },
    feed: {
      usage: '[--since CURSOR] [--limit N]',
      summary: 'What has happened, oldest first, behind a cursor that an earlier call gave.',
      args: [0, 0],
      options: { since: { type: 'string' }, limit: { type: 'string' } },
      run: async (input) => {
        const { ledger } = await context(input);
        const feed = await ledger.feed(whole('since', input.options['since']) ?? 0, whole('limit', input.options['limit']) ?? 1000);
        return { json: { cursor: feed.cursor, events: feed.items }, text: formatFeed(feed.items) };
      },
    },
  },
};

async function check(input: Input): Promise<Answer> {
  const coordination = await context(input);
  const { targets, conflicts, worktree } = await core.checkPaths(coordination, input.args);
  const { elapsed } = coordination.ledger;
  const now = coordination.ledger.now();
  const json = { free: conflicts.length === 0, paths: targetsOf(targets), conflicts: conflicts.map((conflict) => ({ path: core.targetText(conflict.target), held: core.targetText(conflict.held), ...core.claimJson(conflict.claim, elapsed, now) })) };
  return { json, text: conflicts.length === 0 ? 'Nobody else holds that.' : formatConflicts(conflicts, worktree), exitCode: conflicts.length === 0 ? 0 : 1 };
}

async function barrier(input: Input): Promise<Answer> {
  const [verb = '', name = ''] = input.args;
  const { options } = input;
  const coordination = await context(input);
  const { ledger } = coordination;
  const answer = (found: core.Barrier, exitCode = 0): Answer => {
    const json = core.barrierJson(ledger, found);
    return { json, text: plain(formatBarrier(json, ledger.now())), exitCode };
  };
  switch (verb) {
    case 'add': {
      const [required, count, deadlineSeconds] = [text(options['required']), whole('count', options['count']), seconds('deadline', options['deadline'])];
      return answer(await core.addBarrier(coordination, { name, ...(required !== undefined && { required: required.split(',').filter((each) => each.trim() !== '') }), ...(count !== undefined && { count }), ...(deadlineSeconds !== undefined && { deadlineSeconds }) }));
    }
    case 'arrive':
      return answer(await core.arriveAt(coordination, name));
    case 'break':
      return answer(await core.breakBarrierAt(coordination, name));
    case 'wait': {
      const timeout = seconds('timeout', options['timeout']);
      const onWaiting = (found: core.Barrier) => process.stderr.isTTY && input.progress(plain(formatBarrier(core.barrierJson(ledger, found), ledger.now())));
      const waited = await waitAt(coordination, name, { signal: input.signal, onWaiting, ...(timeout !== undefined && { timeoutMs: timeout * 1000 }) });
      const json = { ...core.barrierJson(ledger, waited.barrier), generation: waited.generation, state: waited.state, reason: waited.reason, missing: [...waited.missing] };
      const { barrier } = waited;
      const toCome = waited.missing.length > 0 || waited.state === 'open' || waited.generation !== barrier.generation ? waited.missing.join(', ') : core.missingText(barrier);
      const missing = toCome === '' ? '' : ` Missing: ${toCome}.`;
      const said = { open: 'is open.', broken: `is broken: ${waited.reason}.${missing}`, waiting: `is still waited at.${missing}`, cancelled: `is still waited at.${missing}` }[waited.state];
      return { json, text: plain(`Barrier ${name} ${said}`), exitCode: waited.state === 'open' ? 0 : 1 };
    }
    default:
      throw new WheelhouseError('usage', `there is no "coord barrier ${verb}". There are: add, arrive, wait, break.`);
  }
}

/** @throws WheelhouseError `usage` for what is no number; whether it makes sense the verb says. */
function seconds(name: string, value: OptionValue): number | undefined {
  const word = text(value);
  if (word === undefined) return undefined;
  const number = Number(word);
  if (word.trim() === '' || !Number.isFinite(number) || number < 0) throw new WheelhouseError('usage', `--${name} is a number of seconds, not ${JSON.stringify(word)}.`);
  return number;
}

function whole(name: string, value: OptionValue): number | undefined {
  const word = text(value);
  if (word === undefined) return undefined;
  if (!/^\d{1,15}$/.test(word)) throw new WheelhouseError('usage', `--${name} is a whole number, not ${JSON.stringify(word)}.`);
  return Number(word);
}
