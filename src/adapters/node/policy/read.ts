import { defaultPolicyText, type Policy } from '../../../core/policy/index.ts';
import { nodeFiles } from '../files.ts';
import { compilePolicy } from './compile.ts';
import { policyFile, type PolicyPlace } from './place.ts';

export interface InitResult {
  readonly file: string;
  /** `none`: there is one already, and it stays. */
  readonly change: 'created' | 'none';
  readonly text: string;
}

/** The policy that counts here; undefined where there is none. What is wrong with it is in its `problems`. */
export function readPolicy(place: PolicyPlace): Promise<Policy | undefined> {
  return Promise.resolve(compilePolicy(place));
}

/** Writes the default policy where there is none. @throws WheelhouseError `unwritable`. */
export async function initPolicy(place: PolicyPlace, scope: 'user' | 'repository'): Promise<InitResult> {
  const file = policyFile(place, scope);
  const text = defaultPolicyText(scope);
  const change = (await nodeFiles.replaceText(file, { expected: undefined, text })) === 'written' ? 'created' : 'none';
  return { file, change, text: change === 'created' ? text : ((await nodeFiles.readText(file)) ?? '') };
}
