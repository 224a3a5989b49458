import type { CoordinationView } from '../../../src/protocol/coordination.ts';

/** An afternoon: 2026-03-14 15:00 UTC. */
export const NOW = Date.parse('2026-03-14T15:00:00Z');
const minutes = (n: number) => NOW + n * 60_000;

const ids = { rounding: '00000000-0000-4000-8000-000000000001', tax: '00000000-0000-4000-8000-000000000002', exporter: '00000000-0000-4000-8000-000000000003', links: '00000000-0000-4000-8000-000000000004' };

export const empty: CoordinationView = { at: NOW, repository: '/r/.git', repositories: [{ id: '/r/.git', name: 'billable', waiting: 0, conflicts: 0 }], names: {}, seen: [], sessions: [], waits: [], barriers: [], blockers: [], conflicts: [], problem: '', installed: false, autoClaim: false };

export const sample: CoordinationView = {
  ...empty,
  repositories: [
    { id: '/r/.git', name: 'billable', waiting: 4, conflicts: 2 },
    { id: '/w/.git', name: 'website', waiting: 0, conflicts: 0 },
    { id: '/d/.git', name: 'documentation-of-the-whole-platform-in-eleven-languages', waiting: 1, conflicts: 0 },
    { id: '/t/.git', name: 'tools', waiting: 0, conflicts: 1 },
  ],
  names: { [ids.rounding]: 'invoice-rounding', [ids.tax]: 'tax-tables', [ids.exporter]: 'billable-export', [ids.links]: 'broken-links', review: 'review', user: 'you' },
  seen: [ids.rounding, ids.tax, ids.exporter, ids.links],
  installed: true,
  sessions: [
    {
      id: ids.rounding, name: 'invoice-rounding', seen: 'working', status: 'in_progress', note: 'the parser is nearly done',
      paths: [
        { fence: 10, path: 'src/rounding.js', mode: 'exclusive', since: minutes(-12), until: minutes(14), why: 'the rounding of halves is being rewritten', worktree: 'billable' },
        { fence: 10, path: 'test/rounding/', mode: 'exclusive', since: minutes(-12), until: minutes(14), why: 'the rounding of halves is being rewritten', worktree: 'billable' },
        { fence: 30, path: 'src/money/a-very-long-folder-name/that/goes/on/and/on/currencies.generated.ts', mode: 'shared', since: minutes(-3), until: minutes(1.2), why: '', worktree: 'billable' },
      ],
    },
    { id: ids.tax, name: 'tax-tables', seen: 'waiting', status: 'blocked', note: 'needs the schema of the exporter', paths: [{ fence: 20, path: 'data/*.json', mode: 'exclusive', since: minutes(-100), until: minutes(3), why: '<img src=x onerror=alert(1)> tables', worktree: 'billable-tax' }] },
    { id: 'review', name: 'review', seen: '', status: 'completed', note: '', paths: [] },
  ],
  waits: [
    { from: ids.tax, to: ids.exporter, kind: 'blocker', because: 'the schema of the export' },
    { from: ids.exporter, to: ids.rounding, kind: 'barrier', because: 'rounding-done' },
    { from: ids.links, to: ids.rounding, kind: 'barrier', because: 'rounding-done' },
    { from: 'review', to: 'any two', kind: 'barrier', because: 'any two' },
  ],
  barriers: [
    { name: 'rounding-done', state: 'waiting', reason: '', count: 4, required: [ids.rounding, ids.exporter, ids.links, 'review'], arrived: [ids.exporter, ids.links], missing: [ids.rounding, 'review'], deadline: minutes(42), waiters: [{ session: ids.exporter, since: minutes(-6) }, { session: ids.links, since: minutes(-1.5) }] },
    { name: 'any two', state: 'waiting', reason: '', count: 2, required: [], arrived: [ids.links], missing: [], deadline: minutes(5), waiters: [{ session: 'review', since: minutes(-2) }] },
    { name: 'merge', state: 'broken', reason: 'the user broke it', count: 2, required: [ids.rounding, ids.tax], arrived: [ids.tax], missing: [ids.rounding], deadline: minutes(-30), waiters: [] },
  ],
  blockers: [{ id: 'b1', session: ids.tax, text: 'the schema of the export', on: ids.exporter, since: minutes(-18) }],
  conflicts: [
    { at: minutes(-2), session: ids.exporter, holder: ids.rounding, path: 'src/rounding.js', more: 0, held: 'src/rounding.js', how: 'edit' },
    { at: minutes(-50), session: ids.links, holder: ids.tax, path: 'data/rates.json', more: 3, held: 'data/*.json', how: 'claim' },
  ],
};
export { ids };
