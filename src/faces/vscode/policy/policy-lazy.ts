/** What is loaded when there is a policy, or a command on one is run. */
export { change } from './apply.ts';
export { checkFile } from './checkFile.ts';
export { PolicyFace } from './face.ts';
export { openFile, setUp } from './setUp.ts';
export { completions, hover, lenses } from './language.ts';
export { preview } from './preview.ts';
export { mendSecrets } from './secrets.ts';
