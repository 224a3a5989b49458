import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dedent } from '../../../webview-ui/shared/highlight.ts';

const cases = [
  { code: '  a\n    b\n\n  c', shown: 'a\n  b\n\nc' },
  { code: '\ta\n\t\tb', shown: 'a\n\tb' },
  { code: '  a\nb', shown: '  a\nb' },
  { code: '\ta\n  b', shown: '\ta\n  b' },
  { code: '', shown: '' },
];
for (const { code, shown } of cases) test(JSON.stringify(code), () => assert.equal(dedent(code), shown));
