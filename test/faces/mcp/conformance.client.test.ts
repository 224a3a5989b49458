// The protocol's own conformance suite, on our server behind HTTP. What it needs that we do not have is listed beside
// the harness; it fails for anything else, and for an entry of that list that is not needed any more.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serveHttp } from '../../harness/mcp/http.ts';
import { installConformance, whyNot } from '../../harness/mcp/install.ts';
import { runNode } from '../../harness/mcp/run.ts';

const skip = await whyNot(installConformance());
const expected = join(import.meta.dirname, '../../harness/mcp');

/** Scenarios that must be among those that pass without any exception. */
const revisions = [
  { revision: '2025-11-25', pass: ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'] },
  { revision: '2026-07-28', pass: ['tools-list', 'dns-rebinding-protection', 'http-header-validation'] },
];
for (const { revision, pass } of revisions) {
  test(`conformance to the revision ${revision}, but for what is listed`, { skip, timeout: 180_000 }, async (t) => {
    const fetched = await installConformance();
    assert.ok('path' in fetched);
    const folder = await mkdtemp(join(tmpdir(), 'wh-conformance-'));
    const server = await serveHttp();
    t.after(async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    });
    const ran = await runNode(fetched.path, ['server', '--url', server.url, '--requirements', revision, '--expected-failures', join(expected, `expected-${revision}.yml`), '--output-dir', folder], { cwd: folder, env: { HOME: folder, PATH: process.env['PATH'] ?? '' }, timeoutMs: 170_000 });
    assert.equal(ran.code, 0, ran.stdout.slice(-4000) + ran.stderr.slice(-1000));
    for (const name of pass) assert.match(ran.stdout, new RegExp(`✓ ${name}: [1-9]\\d* passed, 0 failed`));
    t.diagnostic(/Total: .*/.exec(ran.stdout)?.[0] ?? '');
  });
}
