/** The kinds of pages that VS Code brings back when a window is reloaded. */
export const quizPanel = 'wheelhouse-quiz';
export const approvalPanel = 'wheelhouse-approval';
export const statsPanel = 'wheelhouse-learn-stats';
