/** What a hook takes of this domain, without the rest being loaded. */
export { redact } from './interop/redact.ts';
