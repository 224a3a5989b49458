/** The kind of page that VS Code brings back when a window is reloaded. */
export const coordinationPanel = 'wheelhouse-coordination';
