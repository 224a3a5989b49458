/** One member or element of a JSON text, in and out, with the rest as it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseObject, removeAt, setAt, type JsonPath } from '../../../src/core/base/jsonSplice.ts';

const sets: readonly { name: string; text: string; path: JsonPath; value: unknown; then: string }[] = [
  { name: 'an empty document gets lines', text: '{}\n', path: ['a'], value: [1], then: '{\n  "a": [\n    1\n  ]\n}\n' },
  { name: 'one line stays one line', text: '{"a":{}}\n', path: ['a', 'b'], value: [1, 2], then: '{"a":{"b":[1,2]}}\n' },
  { name: 'one line with spaces', text: '{ "a": { "b": 1 } }', path: ['c', 'd'], value: 2, then: '{ "a": { "b": 1 }, "c": {"d":2} }' },
  { name: 'a list on one line in a file of many', text: '{\n  "a": { "b": [1, 2] }\n}', path: ['a', 'b', 2], value: {}, then: '{\n  "a": { "b": [1, 2, {}] }\n}' },
  { name: 'an empty list on one line in a file of many', text: '{\n  "a": { "b": [] }\n}', path: ['a', 'b', 0], value: 1, then: '{\n  "a": { "b": [1] }\n}' },
  { name: 'an empty list on a line of its own', text: '{\n    "a": []\n}', path: ['a', 0], value: { b: 1 }, then: '{\n    "a": [\n        {\n            "b": 1\n        }\n    ]\n}' },
  { name: 'tabs and CRLF', text: '{\r\n\t"a": {\r\n\t\t"b": 1\r\n\t}\r\n}', path: ['a', 'c'], value: [1], then: '{\r\n\t"a": {\r\n\t\t"b": 1,\r\n\t\t"c": [\r\n\t\t\t1\r\n\t\t]\r\n\t}\r\n}' },
  { name: 'an indentation that is not the file\'s', text: '{\n  "a": {\n       "b": 1\n  }\n}', path: ['a', 'c'], value: [1], then: '{\n  "a": {\n       "b": 1,\n       "c": [\n         1\n       ]\n  }\n}' },
  { name: 'the colon of the neighbour, whose name is escaped', text: '{"\\u0061" : 1}', path: ['b'], value: 2, then: '{"\\u0061" : 1,"b" : 2}' },
  { name: 'another value in its place', text: '{\n  "a": [ 1, "]," ],\n  "b": 1\n}', path: ['a', 1], value: 'x', then: '{\n  "a": [ 1, "x" ],\n  "b": 1\n}' },
  { name: 'a larger value in its place', text: '{\n  "a": 0,\n  "b": 1\n}', path: ['a'], value: { c: 2 }, then: '{\n  "a": {\n    "c": 2\n  },\n  "b": 1\n}' },
  { name: 'the last of two with one name', text: '{"a":{"b":1},"a":{"b":2}}', path: ['a', 'b'], value: 3, then: '{"a":{"b":1},"a":{"b":3}}' },
];
for (const { name, text, path, value, then } of sets) test(`set: ${name}`, () => assert.equal(setAt(text, path, value), then));

const removals: readonly { name: string; text: string; path: JsonPath; then: string }[] = [
  { name: 'the first', text: '{\n  "a": 1,\n  "b": 2\n}', path: ['a'], then: '{\n  "b": 2\n}' },
  { name: 'one between', text: '[1, [2, "]"], 3]', path: [1], then: '[1, 3]' },
  { name: 'the last', text: '{\n  "a": 1,\n  "b": {"c": "}"}\n}', path: ['b'], then: '{\n  "a": 1\n}' },
  { name: 'the only one', text: '{ "a": [\n  1\n] }', path: ['a', 0], then: '{ "a": [] }' },
  { name: 'the last of two with one name', text: '{"a":1,"b":2,"a":3}', path: ['a'], then: '{"a":1,"b":2}' },
  { name: 'what is not there', text: '{ "a": [] }', path: ['b', 'c'], then: '{ "a": [] }' },
  { name: 'an element that is not there', text: '{ "a": [] }', path: ['a', 0], then: '{ "a": [] }' },
];
for (const { name, text, path, then } of removals) test(`remove: ${name}`, () => assert.equal(removeAt(text, path), then));

test('a step that cannot be taken is an error, never another document', () => {
  const steps: [string, JsonPath][] = [['{"a":1}', ['a', 'b']], ['{"a":[]}', ['a', 'b']], ['{"a":{}}', ['a', 0]], ['[1]', [2]], ['[1]', [-1]], ['{}', ['a', 1]]];
  for (const [text, path] of steps) assert.throws(() => setAt(text, path, 0), Error, text);
});

test('what is no JSON object is refused', () => {
  assert.deepEqual(parseObject(' {"a":1}\n', 'f.json'), { a: 1 });
  for (const text of ['{ "a": 1, }', '// note\n{}', '{', '']) assert.throws(() => parseObject(text, 'f.json'), { code: 'invalid-input', message: /^f\.json is not strict JSON .*nothing was changed/ }, text);
  for (const text of ['[]', '"x"', 'null', '1']) assert.throws(() => parseObject(text, 'f.json'), { code: 'invalid-input', message: /^f\.json does not hold a JSON object/ }, text);
});

const key = fc.oneof(fc.string(), fc.constantFrom('a', 'b', '"', '\\', '}'));
const object = fc.dictionary(key, fc.jsonValue(), { maxKeys: 4 });
const list = fc.array(fc.jsonValue(), { maxLength: 4 });
const space = fc.constantFrom<string | number | undefined>(undefined, 1, 2, '\t');

test('setting and removing a member of any JSON, however printed, changes that member only', () => {
  fc.assert(fc.property(object, object, space, fc.jsonValue(), (outer, inner, indent, value) => {
    const before = { ...outer, inner };
    const text = JSON.stringify(before, null, indent);
    const set = setAt(text, ['inner', 'new key'], value);
    assert.deepEqual(JSON.parse(set), JSON.parse(JSON.stringify({ ...before, inner: { ...inner, 'new key': value } })));
    assert.equal(removeAt(set, ['inner', 'new key']), text);
    const deep = setAt(text, ['p', 'q'], value);
    assert.deepEqual(JSON.parse(removeAt(deep, ['p'])), JSON.parse(text));
  }), { seed: 7, numRuns: 300 });
});

test('so do elements, and what is printed in lines stays as JSON prints it', () => {
  fc.assert(fc.property(object, list, space, fc.jsonValue(), fc.nat(4), (outer, inner, indent, value, choice) => {
    const at = Math.min(choice, inner.length);
    const text = JSON.stringify({ ...outer, inner }, null, indent);
    const set = setAt(text, ['inner', at], value);
    const expected = { ...outer, inner: [...inner.slice(0, at), value, ...inner.slice(at + 1)] };
    assert.equal(set, JSON.stringify(expected, null, indent));
    const removed = removeAt(set, ['inner', at]);
    assert.equal(removed, JSON.stringify({ ...outer, inner: inner.filter((_, index) => index !== at) }, null, indent));
  }), { seed: 7, numRuns: 300 });
});
