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
/** `back`: what to remove to have the first text again; by default what was set. */
const commented: readonly ((typeof sets)[number] & { back?: JsonPath | null })[] = [
  { name: 'behind what is said about the last in its line', text: '{\n  "a": 1 // one, "}\n  // "c": 3\n}', path: ['b'], value: 2, then: '{\n  "a": 1, // one, "}\n  "b": 2\n  // "c": 3\n}' },
  { name: 'with a trailing comma where there is one', text: '{\n  "a": 1, // one\n}', path: ['b'], value: [], then: '{\n  "a": 1, // one\n  "b": [],\n}' },
  { name: 'a trailing comma on one line', text: '{ "a": [1, 2, ] }', path: ['a', 2], value: 3, then: '{ "a": [1, 2, 3, ] }' },
  { name: 'a comment in one line', text: '{"a": 1 /* one */}', path: ['b'], value: 2, then: '{"a": 1, /* one */"b": 2}' },
  { name: 'a line comment behind all on one line', text: '{"a": 1 // one\n}', path: ['b'], value: 2, then: '{"a": 1, // one\n"b": 2\n}' },
  { name: 'nothing but a comment', text: '{\n  // nothing yet\n}\n', path: ['a', 'b'], value: 1, then: '{\n  // nothing yet\n  "a": {\n    "b": 1\n  }\n}\n', back: ['a'] },
  { name: 'nothing but a comment, on one line', text: '{ "a": { /* none */ } }', path: ['a', 'b'], value: 1, then: '{ "a": { /* none */ "b": 1 } }' },
  { name: 'a comment before the last in its line', text: '{\n  /* x */ "a": 1\n}', path: ['b'], value: [1], then: '{\n  /* x */ "a": 1,\n  "b": [\n    1\n  ]\n}' },
  { name: 'brackets and commas in comments', text: '{ // }, {\n  "a": { /* ] , */ "b": 1 }\n}', path: ['a', 'c'], value: 2, then: '{ // }, {\n  "a": { /* ] , */ "b": 1, "c": 2 }\n}' },
  { name: 'another value beside comments', text: '{\n  "a" /* k */ : /* v */ 1, // end\n}', path: ['a'], value: 2, then: '{\n  "a" /* k */ : /* v */ 2, // end\n}', back: null },
  { name: 'comments around the document', text: '/* head */\n{}\n// tail', path: ['a'], value: 1, then: '/* head */\n{\n  "a": 1\n}\n// tail' },
];
for (const { name, text, path, value, then, back = path } of commented) {
  test(`among comments: ${name}`, () => {
    assert.equal(setAt(text, path, value), then);
    if (back) assert.equal(removeAt(then, back), text, 'and out again without a trace');
  });
}

for (const { name, text, path, value, then } of sets) test(`set: ${name}`, () => assert.equal(setAt(text, path, value), then));

const removals: readonly { name: string; text: string; path: JsonPath; then: string }[] = [
  { name: 'the first', text: '{\n  "a": 1,\n  "b": 2\n}', path: ['a'], then: '{\n  "b": 2\n}' },
  { name: 'one between', text: '[1, [2, "]"], 3]', path: [1], then: '[1, 3]' },
  { name: 'the last', text: '{\n  "a": 1,\n  "b": {"c": "}"}\n}', path: ['b'], then: '{\n  "a": 1\n}' },
  { name: 'the only one', text: '{ "a": [\n  1\n] }', path: ['a', 0], then: '{ "a": [] }' },
  { name: 'the last of two with one name', text: '{"a":1,"b":2,"a":3}', path: ['a'], then: '{"a":1,"b":2}' },
  { name: 'the first, between comments', text: '{ // c0\n  "a": 1, // c1\n  "b": 2\n}', path: ['a'], then: '{ // c0\n  // c1\n  "b": 2\n}' },
  { name: 'the last with a trailing comma behind a line comment', text: '[1, // one\n2, ]', path: [1], then: '[1, // one\n ]' },
  { name: 'the last behind a line comment', text: '[1, // one\n  2 ]', path: [1], then: '[1 // one\n   ]' },
  { name: 'the only one, with a comment', text: '{\n  // why\n  "a": 1\n}', path: ['a'], then: '{\n  // why\n}' },
  { name: 'what is not there', text: '{ "a": [] }', path: ['b', 'c'], then: '{ "a": [] }' },
  { name: 'an element that is not there', text: '{ "a": [] }', path: ['a', 0], then: '{ "a": [] }' },
];
for (const { name, text, path, then } of removals) test(`remove: ${name}`, () => assert.equal(removeAt(text, path), then));

test('a step that cannot be taken is an error, never another document', () => {
  const steps: [string, JsonPath][] = [['{"a":1}', ['a', 'b']], ['{"a":[]}', ['a', 'b']], ['{"a":{}}', ['a', 0]], ['[1]', [2]], ['[1]', [-1]], ['{}', ['a', 1]]];
  for (const [text, path] of steps) assert.throws(() => setAt(text, path, 0), Error, text);
});

test('comments and trailing commas are read over', () => {
  assert.deepEqual(parseObject('// note\n{ "a": [1, /* two */ 2,], "__proto__": { "b": 1 }, }', 'f.json'), JSON.parse('{ "a": [1, 2], "__proto__": { "b": 1 } }'));
});

test('what is no JSON object is refused', () => {
  assert.deepEqual(parseObject(' {"a":1}\n', 'f.json'), { a: 1 });
  for (const text of ['{', '', '{ "a": 1,, }', "{ 'a': 1 }", '{} {}', '{ "a": 1 /* }', '{"a" 1}']) assert.throws(() => parseObject(text, 'f.json'), { code: 'invalid-input', message: /^f\.json is not JSON \(.*nothing was changed/ }, text);
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

const comment = fc.constantFrom('', ' ', '\n', ' /* , ] */ ', ' // }"\n', '\n  // x\n  ');
/** Prints a list or an object with comments in all places where they may stand. */
const commentedText = fc.tuple(fc.array(fc.tuple(comment, comment, comment, fc.constantFrom('1', '"//"', '{}', '[2,]', '{"x":0}')), { maxLength: 4 }), fc.boolean(), fc.boolean(), comment)
  .map(([items, isObject, trailing, tail]) => {
    const inner = items.map(([before, after, colon, value], index) => `${before}${isObject ? `"k${index}"${colon}:${colon}` : ''}${value}${after}${index < items.length - 1 || trailing ? ',' : ''}`).join('');
    return { text: isObject ? `{${inner}${tail}}` : `[${inner}${tail}]`, isObject, count: items.length };
  });

test('among comments in any place, one member is set and removed and all comments stay', () => {
  const comments = (text: string) => text.match(/\/\*.*?\*\/|\/\/ .*/g) ?? [];
  const read = (text: string) => parseObject(`{"d":${text}\n}`, 'f')['d'];
  fc.assert(fc.property(commentedText, fc.nat(3), ({ text, isObject, count }, choice) => {
    const step = isObject ? 'new' : count;
    const set = setAt(text, [step], { a: [1] });
    const before = read(text) as object;
    assert.deepEqual(read(set), isObject ? { ...before, new: { a: [1] } } : [...(before as unknown[]), { a: [1] }]);
    assert.deepEqual(comments(set), comments(text));
    const removed = removeAt(set, [step]);
    if (count > 0) assert.equal(removed, text);
    assert.deepEqual(read(removed), before);
    assert.deepEqual(comments(removed), comments(text));
    if (count === 0) return;
    const at = choice % count;
    const rest = removeAt(text, [isObject ? `k${at}` : at]);
    assert.deepEqual(read(rest), isObject ? Object.fromEntries(Object.entries(before).filter(([key]) => key !== `k${at}`)) : (before as unknown[]).filter((_, index) => index !== at));
  }), { seed: 7, numRuns: 500 });
});
