import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delayed } from '../../../../src/faces/vscode/support/debounce.ts';

test('a burst of calls is one', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let runs = 0;
  const work = delayed(() => runs++, 500);
  for (let i = 0; i < 10; i++) {
    work.schedule();
    t.mock.timers.tick(100);
  }
  assert.equal(runs, 0);
  t.mock.timers.tick(400);
  assert.equal(runs, 1);
  t.mock.timers.tick(5000);
  assert.equal(runs, 1);
});

test('what is wanted soon is not put off by what can wait', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let runs = 0;
  const work = delayed(() => runs++, 500);
  work.schedule(30);
  t.mock.timers.tick(20);
  work.schedule();
  t.mock.timers.tick(10);
  assert.equal(runs, 1);
});

test('after dispose nothing happens', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let runs = 0;
  const work = delayed(() => runs++, 10);
  work.schedule();
  work.dispose();
  t.mock.timers.tick(100);
  assert.equal(runs, 0);
});
