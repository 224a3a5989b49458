/** What is loaded when prompts are first asked for. */
export { saveExamples } from './examples.ts';
export { exportCsv, exportDatabase, exportJson, exportTimeline, importDatabase } from './exportFiles.ts';
export { Face } from './face.ts';
export { threads, topics } from './groups.ts';
export { note, openForSession, rate, search } from './marks.ts';
export { publish } from './publish.ts';
export { sync } from './sync.ts';
export { useTemplate } from './templates.ts';
