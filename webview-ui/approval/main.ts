import type { ApprovalProtocol } from '../../src/protocol/approval.ts';
import { connectToExtension } from '../protocol/extension.ts';
import '../shared/page.css';
import '../shared/markdown.css';
import './approval.css';
import { ApprovalPage } from './page.ts';

const link = connectToExtension<ApprovalProtocol>({ view: (view) => page.show(view) });
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const page = new ApprovalPage({ link, root, load: () => link.state.get(), save: (state) => link.state.set(state) });
void page.start();
