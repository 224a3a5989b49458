import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileCandidate } from '../../../../src/core/review/anchor/index.ts';
import { matchMovedFile, recordAnchor } from '../../../../src/core/review/anchor/index.ts';

const old = `export function connect(address) {
  const socket = open(address);
  socket.on('error', (problem) => report(problem));
  return socket;
}

export function close(socket) {
  socket.end();
  log('closed', socket.remoteAddress);
}
`;
const other = `import x from 'x';

export function unrelated() {
  return x.y.z;
}
`;
const anchor = recordAnchor(old, { start: 3, end: 3 }, { path: 'net.js', blob: '', dirty: false });
const halves = old.split('\n\n') as [string, string];

const cases: readonly { name: string; files: readonly FileCandidate[]; snapshot?: undefined; match?: string; line?: number; candidates?: readonly string[] }[] = [
  { name: 'the renamed file', files: [{ path: 'b.js', text: other }, { path: 'a.js', text: `// moved\n${old}` }], match: 'a.js', line: 4 },
  { name: 'renamed and edited', files: [{ path: 'a.js', text: old.replaceAll('socket', 'channel') }], match: 'a.js', line: 3 },
  { name: 'the half of a split file', files: [{ path: 'open.js', text: halves[0] }, { path: 'close.js', text: halves[1] }], match: 'open.js', line: 3 },
  { name: 'without the old text', snapshot: undefined, files: [{ path: 'b.js', text: other }, { path: 'a.js', text: `\n${old}` }], match: 'a.js', line: 4 },
  { name: 'two copies: shown, not chosen', files: [{ path: 'a.js', text: old }, { path: 'b.js', text: old }], candidates: ['a.js', 'b.js'] },
  { name: 'no file holds it', files: [{ path: 'b.js', text: other }], candidates: [] },
  { name: 'no files', files: [], candidates: [] },
];
for (const { name, files, match, line, candidates, ...rest } of cases) {
  test(`moved file: ${name}`, () => {
    const moved = matchMovedFile(anchor, 'snapshot' in rest ? undefined : old, files);
    assert.deepEqual([moved.match?.path, moved.match?.resolution.range?.start], [match, line]);
    if (candidates) assert.deepEqual(moved.candidates.map(({ path }) => path), candidates);
  });
}
