import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionFor, type Action, type Pressed, type Situation } from '../../../webview-ui/quiz/keys.ts';

const cases: { name: string; key: string | Partial<Pressed>; when: Partial<Situation>; does: Action | undefined }[] = [
  { name: 'Space shows the answer', key: ' ', when: { phase: 'question' }, does: 'reveal' },
  { name: 'on a button, Space is the button’s', key: ' ', when: { phase: 'question', onButton: true }, does: undefined },
  { name: 'a number rates', key: '3', when: { phase: 'answer' }, does: 3 },
  { name: 'a number before the answer is seen does nothing', key: '3', when: { phase: 'question' }, does: undefined },
  { name: '0 and 6 are no ratings', key: '6', when: { phase: 'answer' }, does: undefined },
  { name: 'Space after the answer does not rate', key: ' ', when: { phase: 'answer' }, does: undefined },
  { name: 'a key that is held down does not answer card after card', key: { key: '4', repeat: true }, when: { phase: 'answer' }, does: undefined },
  { name: 'u', key: 'u', when: { phase: 'question' }, does: 'undo' },
  { name: 'Ctrl+Z', key: { key: 'z', ctrlKey: true }, when: { phase: 'answer' }, does: 'undo' },
  { name: 'Ctrl+F is the editor’s', key: { key: 'f', ctrlKey: true }, when: { phase: 'answer' }, does: undefined },
  { name: 'x before the answer would give it away', key: 'x', when: { phase: 'question' }, does: undefined },
  { name: 'x', key: 'x', when: { phase: 'answer' }, does: 'explain' },
  { name: 'letters in a field are letters', key: 'u', when: { phase: 'question', writing: true }, does: undefined },
  { name: 'Enter in the field shows the answer', key: 'Enter', when: { phase: 'question', writing: true }, does: 'reveal' },
  { name: 'while editing, Enter is a line', key: 'Enter', when: { phase: 'editing', writing: true }, does: undefined },
  { name: 'Ctrl+Enter saves', key: { key: 'Enter', ctrlKey: true }, when: { phase: 'editing', writing: true }, does: 'save' },
  { name: 'Cmd+Enter saves', key: { key: 'Enter', metaKey: true }, when: { phase: 'editing', writing: true }, does: 'save' },
  { name: 'Escape leaves the editing', key: 'Escape', when: { phase: 'editing', writing: true }, does: 'cancel' },
  { name: 'at the end, u takes the last answer back', key: 'u', when: { phase: 'end' }, does: 'undo' },
  { name: 'at the end, Space does nothing', key: ' ', when: { phase: 'end' }, does: undefined },
];
for (const { name, key, when, does } of cases) {
  test(name, () => {
    const pressed: Pressed = { key: '', ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...(typeof key === 'string' ? { key } : key) };
    assert.equal(actionFor(pressed, { phase: 'question', writing: false, onButton: false, ...when }), does);
  });
}
