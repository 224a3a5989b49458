/** Violations and near-misses: what stands out, and what does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Marker, type AuditCall } from '../../../src/core/audit/index.ts';

const minute = 60_000;
const call = (more: Partial<AuditCall>): AuditCall => ({ id: 'x', at: 0, session: 's', tool: 'Read', paths: [], decision: 'allowed', layer: 'none', sure: 'recorded', result: 'ok', ...more });
const path = (asked: string, real?: string) => ({ paths: [real === undefined ? { asked } : { asked, real }] });
const env = call({ ...path('/work/link', '/work/.env'), decision: 'denied', layer: 'policy' });
const key = call({ ...path('/home/me/.ssh/id_rsa'), decision: 'denied', layer: 'policy' });

const cases: readonly { name: string; before?: readonly AuditCall[]; call: AuditCall; is: RegExp | undefined }[] = [
  { name: 'denied', call: env, is: /^violation: It was denied by the policy/ },
  { name: 'denied by a claim', call: call({ decision: 'denied', layer: 'claim' }), is: /^violation: .*claim of another session/ },
  { name: 'asked and refused', call: call({ decision: 'refused', layer: 'user' }), is: /^violation: The user/ },
  { name: 'granted', call: call({ decision: 'granted', layer: 'user' }), is: undefined },
  { name: 'what the hook could not be sure of', call: call({ near: 'The files of this command cannot be told.' }), is: /^near-miss: The files/ },
  { name: 'nothing was denied before', call: call(path('/work/.env')), is: undefined },
  { name: 'the same path, allowed later', before: [env], call: call({ at: 60 * minute, ...path('/work/.env') }), is: /^near-miss: The same path/ },
  { name: 'another spelling: case', before: [env], call: call({ at: 1, ...path('/work/.ENV') }), is: /^near-miss: The same path/ },
  { name: 'another spelling: full-width letters', before: [env], call: call({ at: 1, ...path('/work/.ｅｎｖ') }), is: /^near-miss: The same path/ },
  { name: 'another spelling: dots and slashes', before: [env], call: call({ at: 1, ...path('/work//./.env') }), is: /^near-miss: The same path/ },
  { name: 'by a link, that was resolved', before: [env], call: call({ at: 1, ...path('/tmp/y', '/work/.env') }), is: /^near-miss: The same path/ },
  { name: 'the same name elsewhere, soon after', before: [env], call: call({ at: minute, ...path('/work/sub/.env') }), is: /^near-miss: A file of the same name/ },
  { name: 'the same name elsewhere, much later', before: [env], call: call({ at: 60 * minute, ...path('/work/sub/.env') }), is: undefined },
  { name: 'the same name, of another session', before: [env], call: call({ at: minute, session: 't', ...path('/work/sub/.env') }), is: undefined },
  { name: 'nearly the same name beside it', before: [env], call: call({ at: minute, ...path('/work/.env.local') }), is: /^near-miss: It is beside .env/ },
  { name: 'any other file beside it', before: [env], call: call({ at: minute, ...path('/work/package.json') }), is: undefined },
  { name: 'in the same private folder', before: [key], call: call({ at: 60 * minute, ...path('/home/me/.ssh/known_hosts') }), is: /^near-miss: .*same private folder/ },
  { name: 'a command that names the path', before: [env], call: call({ at: 60 * minute, tool: 'Bash', command: 'base64 < /work/.env' }), is: /^near-miss: The command names .env/ },
  { name: 'a command that names the file, soon after', before: [env], call: call({ at: minute, tool: 'Bash', command: 'python -c "print(open(\'.env\').read())"' }), is: /^near-miss: The command names .env/ },
  { name: 'a command with a longer word', before: [env], call: call({ at: minute, tool: 'Bash', command: 'cat .environment' }), is: undefined },
  { name: 'what a claim denied is no secret', before: [call({ ...path('/work/app.ts'), decision: 'denied', layer: 'claim' })], call: call({ at: minute, ...path('/work/app.ts') }), is: undefined },
  { name: 'before it was denied', before: [call({ ...path('/work/.env'), at: 5 * minute, decision: 'denied', layer: 'policy' })], call: call({ at: 1, ...path('/work/.env') }), is: undefined },
];
for (const { name, before = [], call: tried, is } of cases) {
  test(name, () => {
    const marker = new Marker();
    for (const one of before) marker.markOf(one);
    const mark = marker.markOf(tried);
    if (is === undefined) assert.equal(mark, undefined);
    else assert.match(mark === undefined ? '' : `${mark.kind}: ${mark.why}`, is);
  });
}
