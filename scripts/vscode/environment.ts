/** Variables of the program that started us which would change how VS Code or the programs it starts behave. */
const LEAKS = /^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|INIT_CWD$)/;

/** `environment` without what npm, a surrounding VS Code, or the test runner put into it. */
export function withoutLeaks(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !LEAKS.test(name)));
}
